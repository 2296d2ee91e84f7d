"""The methods in use, and the values of their parameters where they hold."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msoko.core.analysis import methods
from msoko.core.analysis.parameters import with_values
from msoko.core.definitions.kinds import Method
from msoko.web.analysis.models import MethodSetting
from msoko.web.definitions import definitions
from msoko.web.people.models import Organisation

OTHER_EDITION = "@"  # «share_30@2021» stands beside «share_30» and is computed when asked for by name


def methods_in_force() -> list[Method]:
    """What is computed by itself, in the order of names: of several editions the one without a mark."""
    return [method for name, method in sorted(definitions().methods.items()) if OTHER_EDITION not in name]


def version_of(method: Method) -> str:
    """Hash of the definition, of the function and of what its family shares: what a finding was made by."""
    return _version(definitions().hash_of("methods", method.slug), _source(method))


@lru_cache(maxsize=256)
def _version(definition: str, source: Path) -> str:
    shared = sorted(source.parent.glob("_[a-z]*.py"))
    code = b"".join(module.read_bytes() for module in (source, *shared))
    return hashlib.sha256(definition.encode() + code).hexdigest()[:16]


def _source(method: Method) -> Path:
    """The module of the method, found without importing it: a page asks for versions and computes nothing."""
    return Path(methods.__file__).parent.joinpath(*method.computes.split(".")).with_suffix(".py")


def settings_in_force(method: str | None = None) -> list[MethodSetting]:
    """What people have set on the screen, the widest territory first."""
    found = MethodSetting.objects.filter(withdrawn_at=None).select_related("territory", "set_by")
    if method is not None:
        found = found.filter(method=method)
    return sorted(found, key=lambda one: len(one.territory.path))


def parameters_of(
    method: Method,
    territory: Organisation | None = None,
    asked: Mapping[str, Any] | None = None,
    known: Iterable[MethodSetting] | None = None,
) -> dict[str, Any]:
    """The method's own values, over them the folder's, the territory's and those above it, and what is asked for.

    Raises BadParameter.
    """
    folder = definitions().method_settings.get(method.name)
    layers: list[Mapping[str, Any]] = [folder.values] if folder else []
    if territory is not None:
        settings = settings_in_force(method.name) if known is None else known
        layers += [one.values for one in settings if one.method == method.name and one.territory.holds(territory)]
    return with_values(method, *layers, asked or {}, subjects=subject_names())


def subject_names() -> frozenset[str]:
    """Everything by which a subject may be named in a list of procedures."""
    subjects = definitions().subjects.values()
    return frozenset(name for one in subjects for name in (one.slug, one.name, one.code, *one.aliases))
