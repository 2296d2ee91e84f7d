"""Forms of this room."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from msoko.web.people.models import Area, Membership, Organisation, OrganisationQuerySet, Role, SchoolType, Status
from msoko.web.people.queries import municipalities_in_sight
from msoko.web.people.register_lines import logins_of
from msoko.web.people.sight import GIVEN_BY_DEPARTMENT, KINDS_OF_ROLE, Sight

ANY = ("", "все")
UNPLACED = "none"


class SignInForm(AuthenticationForm):
    """By e-mail, in any case of letters."""

    error_messages = {
        "invalid_login": "Почта и пароль не подходят друг к другу. Проверьте раскладку клавиатуры.",
        "inactive": "Эта учётная запись закрыта.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label="Электронная почта", widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        )

    def clean_username(self) -> str:
        return self.cleaned_data["username"].lower()


class SchoolsFilter(forms.Form):
    q = forms.CharField(label="Название или логин", required=False, max_length=200)
    municipality = forms.ChoiceField(label="Муниципалитет", required=False)
    school_type = forms.ChoiceField(label="Тип", required=False, choices=[ANY, *SchoolType.choices])
    area = forms.ChoiceField(label="Местность", required=False, choices=[ANY, *Area.choices])
    status = forms.ChoiceField(label="Состояние", required=False, choices=[ANY, *Status.choices])

    def __init__(self, data: Any, sight: Sight) -> None:
        super().__init__(data)
        known = [(str(one.pk), one.name) for one in municipalities_in_sight(sight)]
        if len(known) < 2 and not sight.sees_everything:
            del self.fields["municipality"]
        else:
            self.fields["municipality"].choices = [ANY, *known, (UNPLACED, "без муниципалитета")]  # type: ignore[attr-defined]

    def chosen(self, schools: OrganisationQuerySet) -> OrganisationQuerySet:
        """The schools that pass; a word of the address that no choice has passes everything."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("school_type", "area", "status"):
            if name in said:
                schools = schools.filter(**{name: said[name]})
        if said.get("municipality") == UNPLACED:
            schools = schools.filter(municipality__is_placeholder=True)
        elif "municipality" in said:
            schools = schools.filter(municipality=int(said["municipality"]))
        return schools.sought(said["q"]) if "q" in said else schools


class SchoolForm(forms.Form):
    name = forms.CharField(label="Краткое название", max_length=300)
    full_name = forms.CharField(
        label="Полное название", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    school_type = forms.ChoiceField(label="Тип", required=False, choices=[("", "не указан"), *SchoolType.choices])
    area = forms.ChoiceField(label="Местность", required=False, choices=[("", "не указана"), *Area.choices])
    status = forms.ChoiceField(label="Состояние", choices=Status.choices)
    logins = forms.CharField(
        label="Добавить логины",
        required=False,
        max_length=1000,
        help_text="Через точку с&nbsp;запятой. По&nbsp;логинам система узнаёт школу в&nbsp;протоколах.",
    )

    @classmethod
    def of(cls, school: Organisation) -> "SchoolForm":
        return cls(
            initial={name: getattr(school, name) for name in ("name", "full_name", "school_type", "area", "status")}
        )

    def clean_logins(self) -> tuple[str, ...]:
        return logins_of(self.cleaned_data["logins"])


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Какая запись останется", empty_label="выберите школу"
    )
    reason = forms.CharField(label="Причина", max_length=500, help_text="Останется в&nbsp;журнале действий.")

    def __init__(self, data: Any, duplicate: Organisation, sight: Sight) -> None:
        super().__init__(data)
        others = sight.organisations.schools().filter(kind=duplicate.kind).exclude(pk=duplicate.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class RegisterForm(forms.Form):
    file = forms.FileField(label="Файл реестра", help_text="XLSX, ODS или&nbsp;CSV по&nbsp;нашему образцу.")


class RoleForm(forms.Form):
    """A role in an organisation that the giver may give."""

    role = forms.ChoiceField(label="Роль")
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Организация", empty_label="выберите организацию"
    )

    def __init__(self, data: Any, sight: Sight) -> None:
        super().__init__(data)
        self.sight = sight
        places = sight.organisations.real().filter(merged_into=None)
        kinds = set(places.order_by().values_list("kind", flat=True).distinct())
        roles = [role for role in Role if KINDS_OF_ROLE[role] & kinds and _may_ever_give(sight, role)]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = places.order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        role, organisation = said.get("role"), said.get("organisation")
        if role and organisation and not self.sight.may_give(role, organisation):
            raise forms.ValidationError(f"Роль «{Role(role).label}» в организации «{organisation}» дать нельзя.")
        return said


def _may_ever_give(sight: Sight, role: Role) -> bool:
    return sight.sees_everything or role in GIVEN_BY_DEPARTMENT


class InviteForm(RoleForm):
    email = forms.EmailField(label="Электронная почта")
    full_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)
    field_order = ("full_name", "email", "role", "organisation")


class EndForm(forms.Form):
    membership = forms.ModelChoiceField(queryset=Membership.objects.none())

    def __init__(self, data: Any, memberships: Any) -> None:
        super().__init__(data)
        self.fields["membership"].queryset = memberships  # type: ignore[attr-defined]
