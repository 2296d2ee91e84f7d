"""People: invited, given roles, deactivated. Nobody's password is ever known to another."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from msoko.web.people.models import Kind, Membership, Organisation, Role, User
from msoko.web.people.services.auditing import audit
from msoko.web.people.services.schools import Impossible
from msoko.web.people.services.tree import root
from msoko.web.people.sight import KINDS_OF_ROLE

DEMO_DOMAIN = "msoko.example"  # a domain that nobody can own


@transaction.atomic
def invite(email: str, full_name: str, role: str, organisation: Organisation, who: User | None) -> User:
    """A person with the role in the organisation; an account that exists already only gets the role.

    The new account has no password: the person sets it by the link of `welcome_address`.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, None, full_name=full_name.strip())
        audit(who, "person_invited", user, organisation, email=user.email)
    give_role(user, role, organisation, who)
    return user


@transaction.atomic
def create_admin(email: str, full_name: str = "", password: str | None = None) -> User:
    """An administrator of the whole installation, at the word of whoever has its shell; may sign in again if closed.

    Without a password a known person keeps the old one. Raises ValidationError for a bad address or a weak password.
    """
    validate_email(email.strip())
    user = invite(email, full_name, Role.ADMIN, root(), None)
    reactivate(user, None)
    if password is not None:
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        audit(None, "password_set", user, email=user.email)
    return user


@transaction.atomic
def give_role(user: User, role: str, organisation: Organisation, who: User | None) -> Membership:
    """Raises Impossible where the role is not held in organisations of that kind."""
    if organisation.kind not in KINDS_OF_ROLE[role]:
        raise Impossible(f"Роль «{Role(role).label}» не даётся в организации вида «{Kind(organisation.kind).label}».")
    membership, fresh = Membership.objects.get_or_create(user=user, role=role, organisation=organisation)
    if fresh:
        audit(who, "role_given", user, organisation, role=str(role), email=user.email)
    return membership


@transaction.atomic
def end_membership(membership: Membership, who: User | None) -> None:
    audit(who, "role_ended", membership.user, membership.organisation, role=membership.role)
    membership.delete()


def deactivate(user: User, who: User | None) -> None:
    """The person can't sign in any more, open sessions end; what they did stays under their name."""
    if who is not None and who.pk == user.pk:
        raise Impossible("Свою учётную запись закрыть нельзя: попросите другого администратора.")
    _set_active(user, False, "person_deactivated", who)


def reactivate(user: User, who: User | None) -> None:
    _set_active(user, True, "person_reactivated", who)


@transaction.atomic
def _set_active(user: User, active: bool, action: str, who: User | None) -> None:
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        audit(who, action, user, email=user.email)


def welcome_address(user: User) -> str:
    """The path where this person, and whoever has the link, sets a password; works once and for three days."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("people:welcome", args=[uid, default_token_generator.make_token(user)])


@dataclass(frozen=True)
class DemoAccount:
    email: str
    password: str
    role: str
    organisation: Organisation


class NotADemonstration(RuntimeError):
    """Accounts whose passwords are printed are made in a demonstration only."""


@transaction.atomic
def create_demo_accounts(municipality: Organisation, school: Organisation) -> list[DemoAccount]:
    """One account a role, for showing the system; again and again with the same outcome.

    Passwords follow from the installation's secret key, so they are the same at every start and nowhere else.
    Raises NotADemonstration where settings say neither DEMONSTRATION nor DEBUG.
    """
    _refuse_outside_a_demonstration()
    places = [
        ("admin", "Администратор", Role.ADMIN, root()),
        ("district", "Специалист управления образования", Role.DEPARTMENT, municipality),
        ("methodist", "Методист", Role.METHODIST, municipality),
        ("school", "Директор школы", Role.SCHOOL, school),
    ]
    if municipality.region:
        places.append(("region", "Специалист министерства", Role.REGION, municipality.region))
    return [_demo_account(f"{word}@{DEMO_DOMAIN}", name, role, place) for word, name, role, place in places]


def _demo_account(email: str, full_name: str, role: str, organisation: Organisation) -> DemoAccount:
    password = _demo_password(email)
    user = invite(email, full_name, role, organisation, None)
    # Trying a password costs a third of a second, which an account that never had one need not spend.
    if not user.has_usable_password() or not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return DemoAccount(email, password, role, organisation)


def _demo_password(email: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), email.encode(), hashlib.sha256).hexdigest()
    return f"demo-{digest[:8]}"


def demo_logins() -> list[dict[str, str]]:
    """For the sign-in page of a demonstration: role, e-mail and password of the accounts made for it."""
    _refuse_outside_a_demonstration()
    made = Membership.objects.filter(user__email__endswith=f"@{DEMO_DOMAIN}", user__is_active=True)
    return [
        {"role": one.get_role_display(), "email": one.user.email, "password": _demo_password(one.user.email)}
        for one in made.select_related("user").order_by("user_id")
    ]


def _refuse_outside_a_demonstration() -> None:
    if not (settings.DEMONSTRATION or settings.DEBUG):
        raise NotADemonstration("Demonstration accounts are refused: this is no demonstration.")
