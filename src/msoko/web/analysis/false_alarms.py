"""How often a signal marks an honest school, as it was measured; nothing is said where nothing was measured."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.validation.wording import false_alarm_in_words
from msoko.core.vocabulary.russian import capitalised
from msoko.web.analysis.models import Finding


def false_alarm_of(finding: Finding) -> str:
    """Of the finding's own verdict, with the parameters it was computed with."""
    parameters = finding.run.parameters if finding.run else {}
    return sentence_of(finding.method, Verdict(finding.verdict), parameters)


def sentence_of(method: str, verdict: Verdict, parameters: Mapping[str, Any]) -> str:
    """«На честных данных такой сигнал даёт 1 школа из 60.»; '' where it is not known."""
    try:
        said = false_alarm_in_words(method, verdict, parameters)
    except FileNotFoundError:  # an installation made before anything was measured
        return ""
    return f"{capitalised(said)}." if said else ""
