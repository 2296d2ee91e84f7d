"""Signing in, one's own password, the people of a territory, the audit."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy

from msoko.web.people import services
from msoko.web.people.forms import EndForm, InviteForm, RoleForm, SignInForm
from msoko.web.people.models import Membership, User
from msoko.web.people.queries import audit_in_sight, people_in_sight
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.people.services import Impossible
from msoko.web.people.services.accounts import demo_logins
from msoko.web.people.tables import people_table, trail_table

PEOPLE = {"title": "Люди", "url": reverse_lazy("people:accounts")}
SHOWN_LINK = "welcome_link"  # key of the session: the link of a new person, shown once
ENTRIES_ON_A_PAGE = 100


class Login(LoginView):
    authentication_form = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        logins = demo_logins() if settings.DEMONSTRATION else []
        fresh = not logins and not User.objects.exists()
        return super().get_context_data(**kwargs) | {"demonstration_logins": logins, "nobody_yet": fresh}


class Password(SuccessMessageMixin, PasswordChangeView):
    template_name = "people/password.html"
    success_url = reverse_lazy("people:password")
    success_message = "Пароль изменён. На других устройствах нужно войти заново."


class Welcome(SuccessMessageMixin, PasswordResetConfirmView):
    """Where an invited person sets the first password, by a link that works once."""

    template_name = "people/welcome.html"
    success_url = reverse_lazy("people:login")
    success_message = "Пароль задан. Теперь можно войти."


def accounts(request: Request) -> HttpResponse:
    """People with roles in what one sees; inviting another."""
    form = InviteForm(request.POST or None, request.sight)
    if form.is_valid():
        said = form.cleaned_data
        user = services.invite(said["email"], said["full_name"], said["role"], said["organisation"], request.user)
        messages.success(request, f"Роль дана: {user}.")
        # Another municipality's person may have been invited and not have come yet: the link is not ours to see.
        if not user.has_usable_password() and request.sight.may_manage(user):
            _show_link_once(request, user)
        return redirect("people:account_edit", pk=user.pk)
    context = {"form": form, "table": people_table(people_in_sight(request.sight)), "breadcrumbs": [PEOPLE]}
    return render(request, "people/accounts.html", context)


def _show_link_once(request: Request, user: User) -> None:
    request.session[SHOWN_LINK] = request.build_absolute_uri(services.welcome_address(user))


def account_edit(request: Request, pk: int) -> HttpResponse:
    """One person: roles, closing and opening the account, a link for a new password."""
    user = get_object_or_404(people_in_sight(request.sight), pk=pk)
    if request.method == "POST":
        order = ORDERS.get(request.POST.get("do", ""))
        refuse_unless(order is not None)
        assert order is not None
        try:
            order(request, user)
        except Impossible as refusal:
            messages.error(request, str(refusal))
        return redirect("people:account_edit", pk=pk)
    context = {
        "person_shown": user,
        "memberships": _memberships(user),
        "may_manage": request.sight.may_manage(user),
        "form": RoleForm(None, request.sight),
        "link": request.session.pop(SHOWN_LINK, ""),
        "breadcrumbs": [PEOPLE, {"title": str(user)}],
    }
    return render(request, "people/account_edit.html", context)


def _memberships(user: User) -> "QuerySet[Membership]":
    return user.memberships.select_related("organisation").order_by("organisation__path", "role")


def _give(request: Request, user: User) -> None:
    form = RoleForm(request.POST, request.sight)
    if not form.is_valid():
        raise Impossible(" ".join(str(error) for errors in form.errors.values() for error in errors))
    services.give_role(user, form.cleaned_data["role"], form.cleaned_data["organisation"], request.user)
    messages.success(request, "Роль дана.")


def _end(request: Request, user: User) -> None:
    form = EndForm(request.POST, _memberships(user))
    if not form.is_valid():
        raise Impossible("Такой роли у человека нет: обновите страницу.")
    membership = form.cleaned_data["membership"]
    refuse_unless(request.sight.may_give(membership.role, membership.organisation))
    services.end_membership(membership, request.user)
    messages.success(request, "Роль снята.")


def _deactivate(request: Request, user: User) -> None:
    refuse_unless(request.sight.may_manage(user))
    services.deactivate(user, request.user)
    messages.success(request, "Учётная запись закрыта. Всё сделанное остаётся в журнале.")


def _reactivate(request: Request, user: User) -> None:
    refuse_unless(request.sight.may_manage(user))
    services.reactivate(user, request.user)
    messages.success(request, "Учётная запись снова открыта.")


def _link(request: Request, user: User) -> None:
    refuse_unless(request.sight.may_manage(user) and user.is_active)
    services.audit(request.user, "password_link_made", user, email=user.email)
    _show_link_once(request, user)


ORDERS: dict[str, Callable[[Request, User], None]] = {
    "give": _give,
    "end": _end,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "link": _link,
}


def audit_trail(request: Request) -> HttpResponse:
    """What was done, latest first."""
    page = Paginator(audit_in_sight(request.sight), ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": trail_table(page.object_list),
        "breadcrumbs": [{"title": "Журнал действий", "url": reverse("people:audit")}],
    }
    return render(request, "people/audit.html", context)
