"""From YAML to a method of analysis, and to a municipality's own values of its parameters."""

from math import isfinite
from pathlib import Path

from msoko.core.definitions.fields import Fields
from msoko.core.definitions.kinds import Citation, Method, MethodSetting, Parameter

SCOPES = ("federal", "regional", "municipal", "ours")
GIVES = ("findings", "figures")
PARAMETER_KINDS = (
    *("percent", "probability", "count", "number"),
    *("choice", "procedures", "subjects", "weights", "flag", "texts"),
)
TYPES: dict[str, tuple[type, ...]] = {
    "percent": (int, float),
    "probability": (int, float),
    "number": (int, float),
    "count": (int,),
    "choice": (str,),
    "flag": (bool,),
    "procedures": (list,),
    "subjects": (list,),
    "texts": (list,),
    "weights": (dict,),
}
HEAVIEST = 1e6
"""Of weights only their ratios matter; sums of the largest numbers there are would have no end."""
SCORE = Parameter(
    key="score",
    title="Какой балл считать",
    kind="choice",
    default="items",
    explanation="items — сумма баллов за задания, printed — итог, напечатанный в протоколе. На ЕГЭ — тестовый балл.",
    choices=("items", "printed"),
)
"""Every method has it: a participant has two scores, and either may be asked for."""


def method(file: Path, slug: str, data: object) -> Method:
    fields = Fields(file, data)
    found = Method(
        slug=slug,
        title=fields.needed("title", str),
        rule=fields.needed("rule", str),
        computes=fields.text("computes") or slug.partition("@")[0].replace("/", "."),
        gives=fields.one_of("gives", GIVES),
        source=_citation(Fields(file, fields.needed("source", dict), "source: ")),
        tells=fields.needed("tells", str),
        does_not_tell=fields.needed("does_not_tell", str),
        parameters=(*fields.each("parameters", parameter), SCORE) if fields.has("parameters") else (SCORE,),
        checked=str(fields.needed("checked", object)),
        why=fields.needed("why", str),
        needs=fields.texts("needs"),
        years=fields.optional("years", int, 1) or 1,
        to_check=fields.texts("to_check"),
    )
    fields.ignored("note")
    fields.nothing_left()
    _parameters_differ(fields, found)
    return found


def _citation(fields: Fields) -> Citation:
    found = Citation(
        document=fields.needed("document", str),
        edition=str(fields.needed("edition", object)),
        scope=fields.one_of("scope", SCOPES),
        page=str(fields.optional("page", object, "") or ""),
    )
    if not found.scope:
        raise fields.bad("не сказано, чьё это правило", f"Впишите scope: {', '.join(SCOPES)}.")
    fields.nothing_left()
    return found


def parameter(entry: Fields) -> Parameter:
    found = Parameter(
        key=entry.needed("key", str),
        title=entry.needed("title", str),
        kind=entry.one_of("kind", PARAMETER_KINDS),
        default=entry.optional("default", object, None),
        explanation=entry.needed("explanation", str),
        lowest=entry.optional("lowest", (int, float), None),  # type: ignore[arg-type]
        highest=entry.optional("highest", (int, float), None),  # type: ignore[arg-type]
        choices=entry.texts("choices"),
    )
    entry.nothing_left()
    reason = why_not(found, found.default)
    if reason:
        raise entry.bad(f"значение по умолчанию не годится: {reason}", "Исправьте поле «default».")
    return found


def why_not(parameter: Parameter, value: object) -> str:
    """What is wrong with a value of a parameter, in Russian without a full stop; '' where nothing is."""
    is_number_for_flag = isinstance(value, bool) and parameter.kind != "flag"
    if not isinstance(value, TYPES[parameter.kind]) or is_number_for_flag:
        return f"нужно: {EXPECTED[parameter.kind]}"
    if parameter.choices and value not in parameter.choices and not isinstance(value, list):
        return f"можно: {', '.join(parameter.choices)}"
    if isinstance(value, int | float):
        low, high = bounds_of(parameter)
        if not isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
            return f"нужно число {_range_in_words(low, high)}"
    if isinstance(value, dict) and not all(_is_number(weight) for weight in value.values()):
        return "у каждого имени должно стоять число"
    return ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= HEAVIEST


EXPECTED = {
    "percent": "число процентов",
    "probability": "число от 0 до 1",
    "number": "число",
    "count": "целое число",
    "choice": "слово из списка",
    "flag": "да или нет",
    "procedures": "список процедур",
    "subjects": "список предметов",
    "texts": "список",
    "weights": "набор «имя: число»",
}


def bounds_of(parameter: Parameter) -> tuple[float | None, float | None]:
    """The bounds of a number: its own, else those of its kind."""
    of_kind: tuple[float | None, float | None] = {
        "percent": (0.0, 100.0),
        "probability": (0.0, 1.0),
        "count": (0.0, None),
    }.get(parameter.kind, (None, None))
    low = of_kind[0] if parameter.lowest is None else parameter.lowest
    high = of_kind[1] if parameter.highest is None else parameter.highest
    return low, high


def _range_in_words(low: float | None, high: float | None) -> str:
    parts = [f"от {low:g}" if low is not None else "", f"до {high:g}" if high is not None else ""]
    return " ".join(filter(None, parts)).replace(".", ",")


def _parameters_differ(fields: Fields, found: Method) -> None:
    keys = [parameter.key for parameter in found.parameters]
    for key in keys:
        if keys.count(key) > 1:
            raise fields.bad(f"параметр «{key}» назван дважды", "Дайте каждому параметру своё имя.")


def setting(file: Path, slug: str, data: object) -> MethodSetting:
    """One file of method_settings/: values that this municipality puts instead of a method's own."""
    fields = Fields(file, data)
    found = MethodSetting(
        method=slug.replace("/", "."),
        values=dict(fields.needed("set", dict)),
        why=fields.needed("why", str),
        source=fields.needed("source", str),
    )
    fields.ignored("note", "checked")
    fields.nothing_left()
    return found
