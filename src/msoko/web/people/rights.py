"""The one place that decides who may open which address. Every URL name of the project stands in RULES."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import ResolverMatch

from msoko.web.people.models import Organisation, OrganisationQuerySet, User
from msoko.web.people.sight import Sight, sight_of


class MissingRule(Exception):
    """An address without a rule: nobody may open it before somebody has decided who may."""


class Verdict(Enum):
    ALLOWED = "allowed"
    SIGN_IN = "sign in"
    FORBIDDEN = "forbidden"


class Needs(Enum):
    PUBLIC = "everybody"
    SIGNED_IN = "everybody with an account"
    STAFF = "administrators"
    SEES = "those who see the organisation"
    EDITS = "those who may do the action to the organisation"


@dataclass(frozen=True)
class Rule:
    """`organisation` names the URL's keyword with its id; '' means the territory being looked at.

    `action` is what the view does (see `Sight.may`). An `api` address answers a stranger 401 instead of a redirect.
    """

    needs: Needs
    organisation: str = ""
    action: str = ""
    api: bool = False


def public() -> Rule:
    return Rule(Needs.PUBLIC)


def signed_in(api: bool = False) -> Rule:
    return Rule(Needs.SIGNED_IN, api=api)


def staff() -> Rule:
    return Rule(Needs.STAFF)


def sees(organisation: str = "", api: bool = False) -> Rule:
    return Rule(Needs.SEES, organisation, api=api)


def edits(action: str, organisation: str = "", api: bool = False) -> Rule:
    return Rule(Needs.EDITS, organisation, action, api)


RULES: dict[str, Rule] = {
    "design": staff(),
    "people:login": public(),
    "people:logout": signed_in(),
    "people:password": signed_in(),
    "people:welcome": public(),
    "people:organisations": sees(),
    "people:organisation_edit": edits("edit_organisation", "pk"),
    "people:organisation_merge": edits("merge_schools", "pk"),
    "people:place": edits("place_schools"),
    "people:register": edits("import_register"),
    "people:accounts": edits("manage_people"),
    "people:account_edit": edits("manage_people"),
    "people:audit": edits("read_audit"),
    "collection:data": sees(),
    "collection:upload": edits("hand_in"),
    "collection:template": signed_in(),
    "collection:batch": sees(),
    "collection:progress": sees(),
    "collection:accept": edits("accept_batch"),
    "collection:discard": edits("hand_in"),
    "collection:withdraw": edits("accept_batch"),
    "collection:rename": edits("hand_in"),
    "monitoring:results": sees(),
    "monitoring:procedure": sees(),
    "monitoring:values_state": sees(),
    "monitoring:scale": edits("enter_scale"),
    "monitoring:table": sees(),
    "monitoring:picture": sees(),
    "monitoring:note": sees(),
    "monitoring:school": sees("pk"),
    "monitoring:school_picture": sees("pk"),
    "analysis:school": sees("pk"),
    "analysis:school_expected": sees("pk"),
    "analysis:school_groups": sees("pk"),
    "analysis:tasks": sees(),
    "analysis:contradictions": sees(),
    "analysis:support": edits("read_findings"),
    "analysis:findings_state": sees(),
    "analysis:finding": sees(),
    "analysis:finding_picture": sees(),
    "analysis:objectivity": edits("read_findings"),
    "analysis:signal": edits("read_findings"),
    "analysis:decide": edits("decide_finding"),
    "analysis:methods": sees(),
    "analysis:method": sees(),
    "analysis:set_parameters": edits("set_parameters"),
    "analysis:withdraw_parameters": edits("set_parameters"),
    # Rights to a programme are asked of its own organisation (roadmap.programme_rights), not of the territory.
    "roadmap:programmes": sees(),
    "roadmap:programme_start": edits("edit_programme"),
    "roadmap:programme": sees(),
    "roadmap:programme_tab": sees(),
    "roadmap:programme_describe": sees(),
    "roadmap:programme_passport_field": sees(),
    "roadmap:programme_principles": sees(),
    "roadmap:programme_swot_add": sees(),
    "roadmap:programme_swot_findings": sees(),
    "roadmap:programme_swot_entry": sees(),
    "roadmap:programme_swot_act": sees(),
    "roadmap:programme_roadmap_add": sees(),
    "roadmap:programme_contents": sees(),
    "roadmap:programme_contents_act": sees(),
    "roadmap:programme_roadmap_act": sees(),
    "roadmap:programme_activity_add": sees(),
    "roadmap:programme_activity": sees(),
    "roadmap:programme_understood": sees(),
    "roadmap:programme_approve": sees(),
    "roadmap:programme_edition": sees(),
    "roadmap:programme_close": sees(),
    "roadmap:programme_discard": sees(),
    "roadmap:programme_changes": sees(),
    "roadmap:programme_descend": sees(),
    "roadmap:programme_follow": sees(),
    "roadmap:programme_take": sees(),
    "roadmap:import_upload": edits("edit_programme"),
    "roadmap:import_review": sees(),
    "roadmap:import_progress": sees(),
    "roadmap:import_original": sees(),
    "roadmap:import_discard": sees(),
    "roadmap:import_again": sees(),
    "roadmap:import_passport": sees(),
    "roadmap:import_live": sees(),
    "roadmap:import_rows": sees(),
    "roadmap:import_row": sees(),
    "roadmap:import_split": sees(),
    "roadmap:import_add": sees(),
    "roadmap:import_rename": sees(),
    "roadmap:my_tasks": signed_in(),  # his own of all organisations, whatever territory is looked at
    "roadmap:assignments": sees(),
    "roadmap:assignments_act": sees(),
    "roadmap:assignment": sees(),
    "roadmap:assignment_start": sees(),
    "roadmap:assignment_report": sees(),
    "roadmap:assignment_verify": sees(),
    "roadmap:assignment_postpone": sees(),
    "roadmap:assignment_cancel": sees(),
    "roadmap:assignment_reopen": sees(),
    "roadmap:evidence": sees(),
    "roadmap:evidence_withdraw": sees(),
    "roadmap:verifying": signed_in(),  # the page refuses who has no role that verifies
    "roadmap:verifying_act": signed_in(),
    "roadmap:programme_document": signed_in(),  # the view looks only among what the person sees
    "roadmap:programme_report": signed_in(),
    "roadmap:roadmap_document": signed_in(),
    "roadmap:execution_report": signed_in(),
    "roadmap:roadmap": sees(),
    "roadmap:roadmap_month": sees(),
    "roadmap:gantt": sees(),
    "roadmap:progress": sees(),
    "roadmap:past_dates": sees(),  # the page is for who approves the programme
    "roadmap:month": sees(),
    "roadmap:activities": sees(),
    "roadmap:activity": sees(),
    "roadmap:correct_dates": sees(),
    "roadmap:correct_executor": sees(),
    "roadmap:reminders": signed_in(),
    "roadmap:choose_letters": signed_in(),
    "roadmap:make_calendar_link": signed_in(),
    "roadmap:revoke_calendar_link": signed_in(),
    "roadmap:calendar_feed": public(),  # the secret in the address is the key
    "cycles:overview": sees(),
    "cycles:board": edits("read_findings"),  # it counts findings of all schools
    "cycles:direction": edits("read_findings"),
}


@dataclass(frozen=True)
class Decision:
    """`organisation` is what the rule's keyword or the territory named, for the view to use."""

    verdict: Verdict
    organisation: Organisation | None = None


def decide(sight: Sight, match: ResolverMatch) -> Decision:
    """May this person open this address? Raises MissingRule, and Http404 where the organisation is out of sight.

    Out of sight is «not found», not «forbidden»: who may not see a thing should not learn that it exists.
    """
    rule = RULES.get(match.view_name)
    if rule is None:
        raise MissingRule(f"{match.view_name or match.route}: no rule in msoko.web.people.rights.RULES")
    if rule.needs is Needs.PUBLIC:
        return Decision(Verdict.ALLOWED, sight.territory)
    if not sight.user.is_authenticated:
        return Decision(Verdict.SIGN_IN)
    return _MEETS[rule.needs](sight, rule, match)


def _signed_in(sight: Sight, rule: Rule, match: ResolverMatch) -> Decision:
    return Decision(Verdict.ALLOWED, sight.territory)


def _staff(sight: Sight, rule: Rule, match: ResolverMatch) -> Decision:
    return Decision(Verdict.ALLOWED if sight.sees_everything else Verdict.FORBIDDEN, sight.territory)


def _sees(sight: Sight, rule: Rule, match: ResolverMatch) -> Decision:
    organisation = _organisation(sight, rule, match)
    visible = organisation is not None and sight.sees(organisation)
    return Decision(Verdict.ALLOWED if visible or sight.sees_everything else Verdict.FORBIDDEN, organisation)


def _edits(sight: Sight, rule: Rule, match: ResolverMatch) -> Decision:
    organisation = _organisation(sight, rule, match)
    return Decision(Verdict.ALLOWED if sight.may(rule.action, organisation) else Verdict.FORBIDDEN, organisation)


_MEETS: dict[Needs, Callable[[Sight, Rule, ResolverMatch], Decision]] = {
    Needs.SIGNED_IN: _signed_in,
    Needs.STAFF: _staff,
    Needs.SEES: _sees,
    Needs.EDITS: _edits,
}


def _organisation(sight: Sight, rule: Rule, match: ResolverMatch) -> Organisation | None:
    if not rule.organisation:
        return sight.territory
    nearby = ("parent", "municipality", "region")
    found = sight.organisations.select_related(*nearby).filter(pk=match.kwargs[rule.organisation]).first()
    if found is None:
        raise Http404("Такой организации нет.")
    return found


def rule_of(request: HttpRequest) -> Rule | None:
    return RULES.get(request.resolver_match.view_name) if request.resolver_match else None


def visible(user: User | AnonymousUser) -> OrganisationQuerySet:
    """Organisations the person sees: a school its own and branches, a department its municipality, an admin all."""
    return sight_of(user).organisations


def can(user: User | AnonymousUser, action: str, organisation: Organisation | None) -> bool:
    return sight_of(user).may(action, organisation)


def scope(user: User | AnonymousUser) -> Organisation | None:
    """The territory the person looks at first: the least one that holds all that is theirs to see."""
    return sight_of(user).territory


def refuse_unless(allowed: bool) -> None:
    """For what only the body of a request names. Raises PermissionDenied."""
    if not allowed:
        raise PermissionDenied
