"""Records of the room: organisations in a tree, their outside keys, people, roles, the audit.

Important records are written by the services of this room only; see `services`.
"""

from functools import reduce
from operator import and_
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from msoko.web.people import names


class Kind(models.TextChoices):
    COUNTRY = "country", "страна"
    REGION = "region", "регион"
    MUNICIPALITY = "municipality", "муниципалитет"
    SCHOOL = "school", "школа"
    BRANCH = "branch", "филиал"


class SchoolType(models.TextChoices):
    SECONDARY = "secondary", "средняя"
    BASIC = "basic", "основная"
    PRIMARY = "primary", "начальная"
    EVENING = "evening", "вечерняя"
    GYMNASIUM = "gymnasium", "гимназия"
    LYCEUM = "lyceum", "лицей"
    CADET = "cadet", "кадетская"
    BOARDING = "boarding", "интернат"
    SPECIAL = "special", "коррекционная"


class Area(models.TextChoices):
    URBAN = "urban", "город"
    RURAL = "rural", "село"


class Status(models.TextChoices):
    OPEN = "open", "работает"
    CLOSED = "closed", "закрыта"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def within(self, territory: "Organisation") -> "OrganisationQuerySet":
        """The territory itself and all below it."""
        return self.filter(path__startswith=territory.path)

    def schools(self) -> "OrganisationQuerySet":
        """Schools and branches that stand for themselves: merged duplicates are left out."""
        return self.filter(kind__in=(Kind.SCHOOL, Kind.BRANCH), merged_into=None)

    def real(self) -> "OrganisationQuerySet":
        return self.filter(is_placeholder=False)

    def sought(self, words: str) -> "OrganisationQuerySet":
        """Those whose names hold every word typed, in any case of letters, or that have a login that begins so."""
        by_login = Q(pk__in=ExternalKey.objects.filter(key__startswith=words.strip().casefold()).values("organisation"))
        typed = names.normal(words).split()
        by_name = [Q(search_text__contains=word) for word in typed]
        return self.filter(reduce(and_, by_name) | by_login if by_name else by_login)


class Organisation(models.Model):
    """A place in the tree country – region – municipality – school – branch.

    `path` is '/1/5/77/': the ids from the root down to itself, so descendants are those whose path starts with it.
    `municipality` and `region` are the ancestors of that kind (None for themselves and above).
    """

    name = models.CharField("название", max_length=300)
    full_name = models.CharField("полное название", max_length=1000, blank=True)
    kind = models.CharField("вид", max_length=12, choices=Kind)
    school_type = models.CharField("тип школы", max_length=10, choices=SchoolType, blank=True)
    area = models.CharField("местность", max_length=5, choices=Area, blank=True)
    status = models.CharField("состояние", max_length=6, choices=Status, default=Status.OPEN)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="входит в"
    )
    municipality = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="муниципалитет"
    )
    region = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="регион"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="duplicates",
        verbose_name="объединена с",
    )  # fmt: skip
    # An index for LIKE 'path%' comes with db_index: on PostgreSQL Django adds one with varchar_pattern_ops.
    path = models.CharField("путь", max_length=200, db_index=True, editable=False, default="")
    is_placeholder = models.BooleanField("временное место", default=False, editable=False)
    note_from_file = models.CharField("сказано в протоколе", max_length=500, blank=True)
    normal_name = models.CharField(max_length=300, db_index=True, editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="")
    search_text = models.CharField(max_length=1400, editable=False, default="")
    created_at = models.DateTimeField("создана", auto_now_add=True)
    updated_at = models.DateTimeField("изменена", auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering: ClassVar = ["sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="country"), name="one_country"),
            models.UniqueConstraint(
                fields=["parent", "normal_name"],
                condition=Q(kind__in=("region", "municipality")),
                name="territories_of_a_parent_differ_by_name",
            ),
            models.UniqueConstraint(
                fields=["parent", "kind"], condition=Q(is_placeholder=True), name="one_placeholder_a_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def remember_name(self) -> None:
        """Refreshes what is derived from the names; services call it before every write of a name."""
        is_territory = self.kind == Kind.MUNICIPALITY
        normal = names.normal_territory(self.name) if is_territory else names.normal(self.name)
        self.normal_name = normal[:300]
        self.sort_key = names.sortable(self.name)[:400]
        self.search_text = names.searchable(self.name, self.full_name)[:1400]

    @property
    def is_territory(self) -> bool:
        return self.kind in (Kind.COUNTRY, Kind.REGION, Kind.MUNICIPALITY)

    @property
    def is_school(self) -> bool:
        return self.kind in (Kind.SCHOOL, Kind.BRANCH)

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    def holds(self, other: "Organisation") -> bool:
        """Is the other this one, or below it?"""
        return other.path.startswith(self.path)

    @property
    def logins(self) -> list[str]:
        """Outside keys in alphabetical order (uses a prefetch of `keys` where there is one)."""
        return sorted(key.key for key in self.keys.all())

    def as_json(self) -> dict[str, Any]:
        """What the shell and the API say of an organisation."""
        return {"id": self.pk, "name": self.name, "kind": self.kind, "logins": self.logins}


class ExternalKey(models.Model):
    """What an outside system calls an organisation: 'sch220150', 'edu220150', 'oo:220101'. One key names one only."""

    key = models.CharField("логин", max_length=300, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="keys", verbose_name="организация")

    class Meta:
        verbose_name = "внешний логин"
        verbose_name_plural = "внешние логины"

    def __str__(self) -> str:
        return self.key


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **more: Any) -> "User":
        """A person who signs in by e-mail; without a password nobody signs in until one is set."""
        user = self.model(email=email.strip().lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **more: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **more)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("электронная почта", unique=True, error_messages={"unique": "Такой адрес уже есть."})
    full_name = models.CharField("фамилия, имя, отчество", max_length=200, blank=True)
    is_active = models.BooleanField("может входить", default=True)
    is_staff = models.BooleanField("служебный вход", default=False)
    created_at = models.DateTimeField("создан", auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        ordering: ClassVar = ["email"]

    def __str__(self) -> str:
        return self.full_name or self.email


class Role(models.TextChoices):
    DEPARTMENT = "department", "управление образования"
    METHODIST = "methodist", "методическая служба"
    CURATOR = "curator", "куратор"
    SCHOOL = "school", "школа"
    REGION = "region", "регион"
    PUBLIC = "public", "наблюдатель"
    ADMIN = "admin", "администратор системы"


class Membership(models.Model):
    """A person has a role in an organisation, and through it sees what is below the organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="человек")
    role = models.CharField("роль", max_length=10, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="организация"
    )

    class Meta:
        verbose_name = "роль"
        verbose_name_plural = "роли"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "organisation"], name="a_role_in_an_organisation_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organisation_id}"


class AuditIsAppendOnly(Exception):
    """Somebody tried to change or remove what has been recorded."""


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> int:
        raise AuditIsAppendOnly("Записи журнала не изменяются.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AuditIsAppendOnly("Записи журнала не удаляются.")


class AuditEntry(models.Model):
    """What was done, by whom, to what. Written by services in the transaction of the deed; never changed."""

    at = models.DateTimeField("когда", auto_now_add=True, db_index=True)
    who = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто")
    action = models.CharField("что сделано", max_length=60, db_index=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    subject_type = models.CharField("вид предмета", max_length=60, blank=True)
    subject_id = models.CharField("номер предмета", max_length=64, blank=True)
    details = models.JSONField("подробности", default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал действий"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditIsAppendOnly("Записи журнала не изменяются.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AuditIsAppendOnly("Записи журнала не удаляются.")
