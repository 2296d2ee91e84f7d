"""Which findings of a signal are shown."""

from typing import Any

from django import forms

from msoko.core.analysis.outcome import Verdict
from msoko.web.analysis.models import Finding

ANY = ("", "все")


class SignalFilter(forms.Form):
    """A word of the address that is none of the choices asks for nothing."""

    verdict = forms.ChoiceField(label="Вывод", required=False, choices=[ANY, *((one, one.words) for one in Verdict)])
    state = forms.ChoiceField(label="Решение", required=False, choices=[ANY, *Finding.State.choices])

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
