"""Values of parameters as a person reads them, and where each comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.choosing import ANY
from msoko.core.analysis.parameters import BadParameter
from msoko.core.definitions.kinds import Method, Parameter
from msoko.core.vocabulary.procedures import KINDS
from msoko.core.vocabulary.russian import NBSP, number, percent, short_date
from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.analysis.methods import parameters_of, settings_in_force
from msoko.web.analysis.models import MethodSetting
from msoko.web.analysis.terms import word
from msoko.web.definitions import definitions
from msoko.web.people.models import Organisation

MOST_DIGITS = 4


@dataclass(frozen=True)
class InForce:
    """A parameter with the value that holds; `origin` says who has set it, '' where it is the method's own."""

    parameter: Parameter
    value: Any
    origin: str = ""

    @property
    def words(self) -> str:
        return in_words(self.parameter, self.value)

    @property
    def default_words(self) -> str:
        return in_words(self.parameter, self.parameter.default)

    @property
    def is_own(self) -> bool:
        return bool(self.origin)


def in_force(
    method: Method, territory: Organisation | None, known: Iterable[MethodSetting] | None = None
) -> list[InForce]:
    """The method's parameters where the territory stands; `known` are the settings in force, read once for many.

    Where somebody has set what cannot be, the method's own values: the method's run has failed then, and says why.
    """
    settings = settings_in_force(method.name) if known is None else [one for one in known if one.method == method.name]
    try:
        values, origins = parameters_of(method, territory, known=settings), _origins(method, territory, settings)
    except BadParameter:
        values, origins = method.defaults, {}
    return [InForce(one, values[one.key], origins.get(one.key, "")) for one in method.parameters]


def _origins(method: Method, territory: Organisation | None, settings: Iterable[MethodSetting]) -> dict[str, str]:
    """Parameter → who has set it; the nearest speaks, as in the calculation."""
    folder = definitions().method_settings.get(method.name)
    origins = dict.fromkeys(folder.values, f"{folder.why} ({folder.source})") if folder else {}
    for one in settings:
        if territory is not None and one.territory.holds(territory):
            origins |= dict.fromkeys(one.values, origin_in_words(one))
    return origins


def origin_in_words(setting: MethodSetting) -> str:
    """«Заречный район, 12.03.2026, А. А. Иванова: приказ № 5»."""
    who = f", {setting.set_by}" if setting.set_by else ""
    return f"{setting.territory}, {short_date(setting.set_at.date())}{who}: {setting.why}"


def in_words(parameter: Parameter, value: Any) -> str:
    """«30 %», «да», «ВПР, 5 класс; ОГЭ»."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, list):
        words = [procedure_in_words(str(one)) if parameter.kind == "procedures" else word(str(one)) for one in value]
        return "; ".join(words) or Unknown.NOT_APPLICABLE.sign
    if isinstance(value, dict):
        return "; ".join(f"{word(str(name))}{NBSP}— {_number(weight)}" for name, weight in value.items())
    if isinstance(value, int | float):
        return percent(value, _digits(value)) if parameter.kind == "percent" else _number(value)
    return word(str(value))


def procedure_in_words(word: str) -> str:
    """«vpr/5» → «ВПР, 5 класс», «any» → «все процедуры»; a part that is not known speaks for itself."""
    if word == ANY:
        return "все процедуры"
    return ", ".join(_part(part.strip()) for part in word.replace(":", "/").split("/"))


def _part(part: str) -> str:
    if part in KINDS:
        return KINDS[part]
    if part.replace("–", "-").replace("-", "").isdigit():
        several = not part.isdigit()
        return f"{part.replace('-', '–')}{NBSP}{'классы' if several else 'класс'}"
    return word(part)


def _number(value: float) -> str:
    return number(value, _digits(value))


def _digits(value: float) -> int:
    """As many decimals as the value has."""
    return len(f"{value:.{MOST_DIGITS}f}".rstrip("0").partition(".")[2])
