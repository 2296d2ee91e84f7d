"""Forms of this room."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from msoko.core.vocabulary.procedures import kind_name
from msoko.web.collection.models import Procedure
from msoko.web.collection.presenting import subject_name
from msoko.web.monitoring.models import Value


class ResultsFilter(forms.Form):
    """Filters of the list of procedures; offers only what there is."""

    kind = forms.ChoiceField(label="Процедура", required=False)
    subject = forms.ChoiceField(label="Предмет", required=False)
    grade = forms.ChoiceField(label="Класс", required=False)
    procedure_year = forms.ChoiceField(label="Год процедуры", required=False)

    def __init__(self, data: Any, values: QuerySet[Value]) -> None:
        super().__init__(data)
        self.values = values
        found = set(values.values_list("procedure__kind", "procedure__subject", "procedure__grade", "procedure__year"))
        self._offer("kind", "все", {kind: kind_name(kind) for kind, *_ in found})
        self._offer("subject", "все", {subject: subject_name(subject) or subject for _, subject, *_ in found})
        self._offer("grade", "все", {str(grade): f"{grade} класс" for _, _, grade, _ in sorted(found, key=str)})
        self._offer("procedure_year", "все", {str(year): str(year) for *_, year in found})

    def _offer(self, name: str, everything: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *sorted(choices.items(), key=lambda choice: (len(choice[0]), choice[1]))]

    def chosen(self) -> QuerySet[Value]:
        """The values that the filters let through; a wrong word in the address filters nothing."""
        self.is_valid()
        columns = {"kind": "kind", "subject": "subject", "grade": "grade", "procedure_year": "year"}
        wanted = {f"procedure__{columns[name]}": said for name, said in self.cleaned_data.items() if said}
        return self.values.filter(**wanted)


class ScaleForm(forms.Form):
    """Upper bounds of the marks, with the document they stand in."""

    two = forms.IntegerField(label="Отметка «2» — до, баллов", min_value=0)
    three = forms.IntegerField(label="Отметка «3» — до, баллов", min_value=1)
    four = forms.IntegerField(label="Отметка «4» — до, баллов", min_value=2)
    five = forms.IntegerField(label="Отметка «5» — до, баллов", min_value=3)
    source = forms.CharField(label="Источник", help_text="Документ, дата, пункт или страница", max_length=400)
    status = forms.ChoiceField(
        label="Статус", choices=[("official", "официальная"), ("unofficial", "неофициальная")], initial="official"
    )

    def __init__(self, data: Any, procedure: Procedure) -> None:
        super().__init__(data, initial={"five": procedure.maximum})

    def bounds(self) -> list[int]:
        return [self.cleaned_data[name] for name in ("two", "three", "four", "five")]
