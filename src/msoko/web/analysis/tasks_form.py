"""What may be chosen on «Задания»: the work, the rows of the map and their order."""

from django import forms

from msoko.core.vocabulary.russian import NBSP
from msoko.web.analysis.tasks_page import BEHIND, MUNICIPALITIES, NAME, SCHOOLS, TasksPage
from msoko.web.people.models import Kind

ORDERS = [(BEHIND, "сначала отстающие"), (NAME, f"по{NBSP}алфавиту")]


class TasksForm(forms.Form):
    """Shows what the page shows, whether the address asked for it or not."""

    procedure = forms.ChoiceField(label="Работа", required=False, widget=forms.Select(attrs={"class": "control"}))
    rows = forms.ChoiceField(
        label="Строки карты", required=False, choices=[(MUNICIPALITIES, "муниципалитеты"), (SCHOOLS, "школы")]
    )
    order = forms.ChoiceField(label="Порядок строк", required=False, choices=ORDERS)

    def __init__(self, page: TasksPage) -> None:
        super().__init__(
            {"procedure": page.procedure and page.procedure.pk, "rows": page.rows_are, "order": page.order}
        )
        procedures = self.fields["procedure"]
        assert isinstance(procedures, forms.ChoiceField)
        procedures.choices = page.titled_procedures
        # The form stays while another work is chosen, so what it offers must not depend on the work.
        if page.territory.kind != Kind.REGION:
            del self.fields["rows"]
        if page.of_school:
            del self.fields["order"]
