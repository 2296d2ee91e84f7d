"""Values of a method's parameters: its own, what a municipality set, what this one run asks for."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from msoko.core.analysis.choosing import chosen, unknown_subjects
from msoko.core.definitions.kinds import Method, Parameter
from msoko.core.definitions.method_builders import why_not

Parameters = Mapping[str, Any]

LISTS = ("procedures", "subjects", "texts")
NAMING = {"procedures": "нужна хотя бы одна процедура", "subjects": "нужен хотя бы один предмет"}
"""Lists of words that choose procedures, and what is said of an empty one."""
YES = frozenset({"да", "yes", "true", "1"})
NO = frozenset({"нет", "no", "false", "0"})


class BadParameter(ValueError):
    """A value that the parameter cannot have; the message says in Russian what it can."""


def with_values(method: Method, *layers: Mapping[str, Any], subjects: Collection[str] = ()) -> dict[str, Any]:
    """The defaults with each layer put over them. Values may be texts, as they are typed.

    `subjects`: names, codes and slugs that procedures may be chosen by; without them any name will do.
    Raises BadParameter.
    """
    known = {parameter.key: parameter for parameter in method.parameters}
    values = dict(method.defaults)
    for layer in layers:
        for key, said in layer.items():
            if key not in known:
                raise BadParameter(f"У методики {method.name} нет параметра «{key}». Есть: {', '.join(known)}.")
            values[key] = read(known[key], said, subjects)
    return values


def read(parameter: Parameter, said: Any, subjects: Collection[str] = ()) -> Any:
    """The value that was typed or stored, of the parameter's kind. Raises BadParameter."""
    value = _typed(parameter, said) if isinstance(said, str) else said
    reason = why_not(parameter, value)
    if not reason and parameter.kind in NAMING:
        reason = _names_nothing(value, subjects) or ("" if value else NAMING[parameter.kind])
    if reason:
        raise BadParameter(f"Параметр «{parameter.key}» ({parameter.title}): {reason}, а сказано «{said}».")
    return value


def _names_nothing(words: list[str], subjects: Collection[str]) -> str:
    try:
        chosen([], words)
        unknown = unknown_subjects(words, subjects) if subjects else []
    except ValueError as problem:
        return str(problem)
    return f"предмет в слове «{unknown[0]}» не известен" if unknown else ""


def _typed(parameter: Parameter, said: str) -> Any:
    """What the text means; a text that means nothing stays itself and is refused afterwards."""
    said = said.strip()
    if parameter.kind in LISTS:
        return [part.strip() for part in said.split(",") if part.strip()]
    if parameter.kind == "flag":
        return True if said.lower() in YES else False if said.lower() in NO else said
    if parameter.kind == "weights":
        return _as_weights(said)
    return said if parameter.kind == "choice" else _as_number(said, whole=parameter.kind == "count")


def _as_number(said: str, whole: bool) -> Any:
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        return said
    return int(value) if value.is_integer() and (whole or "." not in said.replace(",", ".")) else value


def _as_weights(said: str) -> Any:
    try:
        return json.loads(said)
    except json.JSONDecodeError:
        return said
