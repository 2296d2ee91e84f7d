"""Forms of this room."""

from typing import Any

from django import forms

from msoko.core.analysis.parameters import BadParameter, read
from msoko.core.definitions.kinds import Method, Parameter
from msoko.web.analysis.parameter_words import InForce, in_words
from msoko.web.analysis.terms import word

MANY = ("procedures", "subjects", "texts")
HINTS = {
    "procedures": "Через запятую: вид, класс и предмет через косую черту, например vpr/5, oge.",
    "subjects": "Через запятую.",
    "texts": "Через запятую.",
    "weights": "По одному в строке: имя: число.",
}


class ParametersForm(forms.Form):
    """A territory's own values of a method's parameters. A field left empty keeps the value from above."""

    def __init__(self, data: Any, method: Method, inherited: list[InForce], own: dict[str, Any]) -> None:
        super().__init__(data, initial={key: _typed(value) for key, value in own.items()})
        self._parameters = {parameter.key: parameter for parameter in method.parameters}
        for one in inherited:
            self.fields[one.parameter.key] = _field(one)
        self.fields["why"] = forms.CharField(
            label="Основание", help_text="Приказ, письмо, решение совета. Будет показано рядом со&nbsp;значениями."
        )

    def clean(self) -> dict[str, Any]:
        """Each value as the method takes it; what it does not take is said beside the field."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for key, parameter in self._parameters.items():
            if not said.get(key):
                continue
            try:
                said[key] = read(parameter, _weights(said[key], parameter) if _is_weights(parameter) else said[key])
            except BadParameter as problem:
                self.add_error(key, _reason(problem))
        if not self.errors and not self.values():
            raise forms.ValidationError("Ни одного значения не задано: заполните хотя бы одно поле.")
        return said

    def values(self) -> dict[str, Any]:
        """Only what was filled in."""
        return {key: self.cleaned_data[key] for key in self._parameters if self.cleaned_data.get(key) not in ("", None)}


def _field(above: InForce) -> forms.Field:
    parameter = above.parameter
    kept = f"оставить: {above.words}"
    about: dict[str, Any] = {"label": parameter.title, "help_text": _help(parameter), "required": False}
    if parameter.kind == "flag":
        return forms.ChoiceField(choices=[("", kept), ("да", "да"), ("нет", "нет")], **about)
    if parameter.kind == "choice":
        return forms.ChoiceField(
            choices=[("", kept), *((one, in_words(parameter, one)) for one in parameter.choices)], **about
        )
    if parameter.kind in (*MANY, "weights"):
        widget = forms.Textarea(attrs={"rows": 2, "placeholder": _typed(above.value)})
        return forms.CharField(widget=widget, **about)
    return forms.CharField(
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": _typed(above.value)}), **about
    )


def _help(parameter: Parameter) -> str:
    return " ".join(filter(None, (parameter.explanation, HINTS.get(parameter.kind, ""))))


def _typed(value: Any) -> str:
    """The value as a person would type it."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return "\n".join(f"{word(name)}: {_typed(weight)}" for name, weight in value.items())
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _is_weights(parameter: Parameter) -> bool:
    return parameter.kind == "weights"


def _weights(said: str, parameter: Parameter) -> dict[str, Any] | str:
    """«имя: число» line by line; what is no number stays itself and is refused by the parameter."""
    named = {word(key): key for key in parameter.default} if isinstance(parameter.default, dict) else {}
    weights: dict[str, Any] = {}
    for line in filter(None, map(str.strip, said.splitlines())):
        name, _, weight = (part.strip() for part in line.rpartition(":"))
        try:
            weights[named.get(name, name)] = float(weight.replace(",", "."))
        except ValueError:
            return line
    return weights


def _reason(problem: BadParameter) -> str:
    """Without the name of the parameter, beside whose field it stands."""
    words = str(problem).partition("): ")[2] or str(problem)
    return words[:1].upper() + words[1:]
