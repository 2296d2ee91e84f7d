"""A method computed here and now for the shell and the API, with values of parameters for this run only."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis import Computation, computation_of, computed
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result
from msoko.core.analysis.panel import Input
from msoko.core.definitions.kinds import Method, Parameter
from msoko.web.analysis.gathering import gather, regions
from msoko.web.analysis.methods import parameters_of, settings_in_force, version_of
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.describing import procedure_as_json
from msoko.web.people.models import Kind, Organisation

Json = dict[str, Any]
NO_SCHOOLS = "в системе нет ни одной школы"


def answer(
    method: Method,
    year: int,
    asked: Mapping[str, Any],
    grade: int | None = None,
    subject: str | None = None,
    organisation: Organisation | None = None,
) -> Json:
    """The answer of `msoko findings --json`: over all regions, or over what the organisation holds.

    Raises BadParameter.
    """
    parameters = parameters_of(method, organisation, asked)
    found = _regions_of(organisation)
    answered = [] if found else [Outcome(not_computed=(NotComputed(None, NO_SCHOOLS),))]
    for region in found:
        panel = gather(region, year, method.years, str(parameters["score"])).narrowed(grade, subject)
        answered.append(computed(method, panel, parameters))
    return _Answer(method, parameters, answered, organisation).as_json()


def _regions_of(organisation: Organisation | None) -> list[Organisation | None]:
    """The regions that the organisation holds or is in; the schools of no region are the country's and their own."""
    found = regions()
    if organisation is None or organisation.kind == Kind.COUNTRY:
        return found
    own = organisation if organisation.kind == Kind.REGION else organisation.region
    return [one for one in found if one == own]


class _Answer:
    """Outcomes of several regions as one, with organisations and procedures told as everywhere."""

    def __init__(
        self, method: Method, parameters: Json, outcomes: list[Outcome], organisation: Organisation | None
    ) -> None:
        self._method, self._parameters, self._outcomes = method, parameters, outcomes
        self._computation: Computation = computation_of(method)
        known = Organisation.objects.prefetch_related("keys")
        if organisation is not None:
            known = known.filter(path__startswith=organisation.path)
        self._organisations = {one.pk: one.as_json() for one in known}
        self._procedures = {one.pk: procedure_as_json(one) for one in Procedure.objects.all()}

    def as_json(self) -> Json:
        return {
            "method": self._method.name,
            "version": version_of(self._method),
            "parameters": self._parameters,
            "procedures": [self._of_procedure(one) for outcome in self._outcomes for one in outcome.procedures],
            "findings": self._results("results"),
            "few_data": self._results("few_data"),
            "not_computed": [
                self._not_computed(one)
                for outcome in self._outcomes
                for one in outcome.not_computed
                if one.organisation is None or one.organisation in self._organisations
            ],
            "territory": [dict(outcome.territory) for outcome in self._outcomes if outcome.territory],
        }

    def _results(self, part: str) -> list[Json]:
        """The most striking first."""
        found = [one for outcome in self._outcomes for one in getattr(outcome, part)]
        here = [one for one in found if one.organisation in self._organisations]
        return [self._result(one) for one in sorted(here, key=lambda one: (-one.strength, one.organisation))]

    def _of_procedure(self, one: OfProcedure) -> Json:
        flagged = [self._organisations[key] for key in one.flagged if key in self._organisations]
        reference = dict(one.reference)
        return {
            "procedure": self._procedures[one.procedure],
            "eligible": one.eligible,
            "flagged": flagged,
            "reference": reference,
        }

    def _result(self, one: Result) -> Json:
        return {
            "organisation": self._organisations[one.organisation],
            "about": one.about,
            "verdict": one.verdict.words if one.verdict else None,
            "statistic": dict(one.statistic),
            "interval": list(one.interval) if one.interval else None,
            "inputs": [self._input(each) for each in one.inputs],
            "sentence": self._computation.sentence(one),
        }

    def _input(self, one: Input) -> Json:
        return {
            "procedure": one.procedure,
            "organisation": one.organisation,
            "class": one.class_name or None,
            "hash": one.hash,
        }

    def _not_computed(self, one: NotComputed) -> Json:
        return {
            "organisation": self._organisations.get(one.organisation or 0),
            "procedure": self._procedures.get(one.procedure or 0),
            "reason": one.reason,
        }


def methods_as_json(methods: Mapping[str, Method]) -> Json:
    """The answer of `msoko methods --json`: every edition, with what people have set."""
    return {"methods": [_method_as_json(method) for _, method in sorted(methods.items())]}


def _method_as_json(method: Method) -> Json:
    source = method.source
    return {
        "method": method.name,
        "version": version_of(method),
        "title": method.title,
        "rule": method.rule,
        "gives": method.gives,
        "source": {
            "document": source.document,
            "page": source.page or None,
            "edition": source.edition,
            "scope": source.scope,
        },
        "tells": method.tells,
        "does_not_tell": method.does_not_tell,
        "parameters": [_parameter_as_json(one, parameters_of(method)) for one in method.parameters],
        "set": [
            {"territory": one.territory.as_json(), "values": one.values, "why": one.why}
            for one in settings_in_force(method.name)
        ],
    }


def _parameter_as_json(one: Parameter, values: Mapping[str, Any]) -> Json:
    return {
        "name": one.key,
        "title": one.title,
        "kind": one.kind,
        "default": one.default,
        "value": values[one.key],
        "explanation": one.explanation,
    }
