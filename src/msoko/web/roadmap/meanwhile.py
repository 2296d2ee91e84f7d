"""Two people have edited the same: both texts side by side, who saved his and when. Nothing that was typed is lost."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.http import QueryDict
from django.utils import timezone

from msoko.core.vocabulary.russian import nbsp, short_date
from msoko.web.people.models import AuditEntry, User
from msoko.web.roadmap.models import Programme
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.seen import ChangedMeanwhile, Said, fingerprint_of, name_of_part

EDITED = "programme_edited"
YOURSELF = nbsp("вы сами, в другом окне")


@dataclass(frozen=True)
class Difference:
    """A field in which the texts differ; '' where one of them says nothing."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Meanwhile:
    """`form` is the name by which the button of the notice finds the form, '' where it stands in it."""

    differences: tuple[Difference, ...]
    who: str
    form: str = "mine"


@dataclass(frozen=True)
class Attempt:
    """`meanwhile` where somebody else has saved another text; where neither, the form says what is wrong."""

    is_saved: bool
    meanwhile: Meanwhile | None = None


def attempt(
    form: forms.Form, programme: Programme, part: Model | str, reader: User, order: Callable[[], object]
) -> Attempt:
    """Carry out an order that the valid form gives. Where the other has saved the same text, all is well."""
    try:
        order()
    except ChangedMeanwhile as changed:
        found = met(form, changed.now, in_words(last_change(programme, part), reader))
        return Attempt(not found.differences, found if found.differences else None)
    except CannotChange as refusal:
        form.add_error(None, str(refusal))
        return Attempt(False)
    return Attempt(True)


def last_change(programme: Programme, part: Model | str) -> AuditEntry | None:
    """Who has edited the part last; where the audit does not name it, whoever has edited the draft."""
    name = part if isinstance(part, str) else name_of_part(part)
    edits = AuditEntry.objects.filter(subject_type=programme._meta.label_lower, subject_id=str(programme.pk))
    its_own = Q(pk__in=[])
    if isinstance(part, Model):
        its_own = Q(subject_type=part._meta.label_lower, subject_id=str(part.pk))
    named = AuditEntry.objects.filter(its_own | Q(pk__in=edits.filter(details__part=name).values("pk")))
    found = named.select_related("who").order_by("-pk").first()
    return found or edits.filter(action=EDITED).select_related("who").order_by("-pk").first()


def in_words(entry: AuditEntry | None, reader: User) -> str:
    """«Анна Петрова, 12.09.2026 14:05»."""
    if entry is None:
        return ""
    at = f"{timezone.localtime(entry.at):%d.%m.%Y %H:%M}"
    return f"{YOURSELF if entry.who == reader else entry.who or 'система'}, {at}"


def met(form: forms.Form, now: Said, who: str) -> Meanwhile:
    """Both texts. The form keeps what was typed and is from now on held against what is stored: sent once more it is
    saved over that."""
    said = QueryDict(mutable=True)
    said.update(form.data)
    said[form.add_prefix("seen")] = fingerprint_of(now)
    form.data = said
    return Meanwhile(tuple(differences(form, now)), who)


def differences(form: forms.Form, now: Said) -> Iterator[Difference]:
    """Between a valid form and what is stored."""
    for bound in form:
        if bound.is_hidden:
            continue
        mine, theirs = (field_in_words(bound.field, one.get(bound.name)) for one in (form.cleaned_data, now))
        if mine != theirs:
            yield Difference(str(bound.label), mine, theirs)


def field_in_words(field: forms.Field, value: Any) -> str:
    if value in (None, "", [], ()):
        return ""
    if isinstance(field, forms.MultipleChoiceField):
        known = _labels(field)
        return ", ".join(known.get(str(one), str(one)) for one in sorted(value))
    if isinstance(field, forms.ChoiceField):
        return _labels(field).get(str(value), str(value))
    if isinstance(value, date):
        return short_date(value)
    return str(field.prepare_value(value)).replace("\r\n", "\n")


def _labels(field: forms.ChoiceField) -> dict[str, str]:
    choices: Any = field.choices
    return dict(_flat(choices))


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """With those that stand under headings."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
