"""Forms of this room."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from msoko.core.collection.reading import Hints
from msoko.web.collection.models import Batch
from msoko.web.definitions import definitions

YEARS = range(2015, 2036)
GRADES = range(1, 12)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; at least one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


def subject_choices() -> list[tuple[str, str]]:
    known = sorted(definitions().subjects.values(), key=lambda subject: subject.name)
    return [("", "как в файле"), *((subject.slug, subject.name) for subject in known)]


class NamingForm(forms.Form):
    """What a person may say of a file besides its content."""

    year = forms.TypedChoiceField(
        label="Год процедуры",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "как в файле"), *((year, str(year)) for year in YEARS)],
    )
    grade = forms.TypedChoiceField(
        label="Класс работы",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "как в файле"), *((grade, str(grade)) for grade in GRADES)],
    )
    subject = forms.ChoiceField(label="Предмет", required=False, choices=subject_choices)

    def hints(self) -> Hints:
        said = self.cleaned_data
        return Hints(year=said["year"], grade=said["grade"], subject=said["subject"] or None)

    @classmethod
    def of(cls, batch: Batch) -> "NamingForm":
        """Filled with what the file was taken for."""
        return cls(initial={name: batch.naming.get(name) or "" for name in ("year", "grade", "subject")})


class UploadForm(NamingForm):
    files = ManyFilesField(label="Файлы")  # type: ignore[assignment]  # Django names its own attribute so
    field_order = ("files", "year", "grade", "subject")

    def errors_in_one_line(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Причина отзыва", help_text="Например: «прислан исправленный протокол».", max_length=1000
    )
