"""A municipality's own values of a method's parameters, set on the screen with their grounds."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from msoko.core.analysis.parameters import BadParameter, with_values
from msoko.core.definitions.kinds import Method
from msoko.web.analysis.methods import subject_names
from msoko.web.analysis.models import MethodSetting
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import audit


@transaction.atomic
def set_parameters(
    method: Method, territory: Organisation, values: Mapping[str, Any], why: str, who: User | None
) -> MethodSetting:
    """Put values in force for the territory and all below it, instead of those set there before.

    Raises BadParameter where a value can't be, or where nobody says why.
    """
    if not why.strip():
        raise BadParameter("Назовите основание: приказ, письмо, решение совета.")
    if territory.is_school:
        raise BadParameter("Параметры задаются для территории, не для одной школы.")
    read = with_values(method, values, subjects=subject_names())
    _withdraw(method.name, territory)
    setting = MethodSetting.objects.create(
        method=method.name, territory=territory, values={key: read[key] for key in values}, why=why.strip(), set_by=who
    )
    audit(who, "parameters_set", organisation=territory, method=method.name, values=setting.values, why=setting.why)
    return setting


@transaction.atomic
def withdraw_parameters(method: Method, territory: Organisation, who: User | None) -> None:
    """Back to the values of the definition and of the territories above."""
    if _withdraw(method.name, territory):
        audit(who, "parameters_withdrawn", organisation=territory, method=method.name)


def _withdraw(method: str, territory: Organisation) -> int:
    in_force = MethodSetting.objects.filter(method=method, territory=territory, withdrawn_at=None)
    return in_force.update(withdrawn_at=timezone.now())
