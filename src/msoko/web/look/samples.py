"""Invented data for the design page: long names, small groups, and all four states of a cell."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from msoko.core.vocabulary import russian
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import score_histogram
from msoko.documents.charts.chart import Chart
from msoko.documents.tables import Cell, Column, Row, Table, Text

LONG_NAME = (
    "Муниципальное казённое общеобразовательное учреждение «Верхнереченская средняя общеобразовательная школа "
    "имени Героя Советского Союза П. И. Заречного» филиал «Начальная школа деревни Малые Ключи»"
)

NAMES = (
    "Гимназия № 1",
    "Школа № 2",
    "Школа № 10",
    LONG_NAME,
    "Ёлкинская основная школа",
    "Вечерняя (сменная) школа",
)
PASSED: tuple[Share | Unknown, ...] = (
    Share(148, 152),
    Share(61, 84),
    Share(70, 91),
    Share(3, 4),
    Share(22, 41),
    Unknown.MISSING,
)
MEANS: tuple[Cell, ...] = (14.2, 10.8, 11.06, Unknown.SUPPRESSED, 7.94, Unknown.MISSING)
CHANGES: tuple[Cell, ...] = (1.3, -0.4, 0, Unknown.NOT_APPLICABLE, -2.15, Unknown.NOT_APPLICABLE)
VERDICTS: tuple[Cell, ...] = (
    Text("выше ожидаемого", tone="above"),
    Text("вероятно", tone="likely"),
    Text("", tone="plain"),
    Text("мало данных", tone="few"),
    Text("устойчиво", tone="steady"),
    Unknown.MISSING,
)


class Filter(forms.Form):
    """A filter of a list: all of it may stay empty."""

    q = forms.CharField(label="Название", required=False, widget=forms.SearchInput)
    kind = forms.ChoiceField(
        label="Тип школы", required=False, choices=[("", "все"), ("средняя", "средняя"), ("основная", "основная")]
    )
    small = forms.BooleanField(label="С малыми школами", required=False)


class Sample(forms.Form):
    """A form with every kind of field."""

    email = forms.EmailField(label="Электронная почта", help_text="По ней человек входит в систему.")
    role = forms.ChoiceField(label="Роль", choices=[("", "выберите"), ("school", "школа"), ("curator", "куратор")])
    level = forms.ChoiceField(
        label="Кому видно", choices=[("all", "всем школам"), ("one", "только этой школе")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Примечание", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Протокол", required=False)
    agree = forms.BooleanField(label="Школы сверены с перечнем организаций", required=False)


def everything(query: QueryDict) -> dict[str, Any]:
    """The context of the design page."""
    return {
        "breadcrumbs": [{"title": "Обзор", "url": "/"}, {"title": "Вид системы", "url": ""}],
        "table": schools(),
        "long_table": many_rows(),
        "filter": Filter(query),
        "form": Sample(),
        "form_with_errors": form_with_errors(),
        "tabs": tabs(),
        "states": [Unknown.MISSING, Unknown.NOT_APPLICABLE, Unknown.SUPPRESSED],
        "share_of_nobody": Share(0, 0),
        "histogram": histogram(),
        "paginator": Paginator(range(250), 50),
        "long_name": LONG_NAME,
        "badges": ("steady", "likely", "few", "PASS", "WARNING", "FAIL", "signal", "below", "above", "own"),
        "colours": colours(),
    }


def schools() -> Table:
    """Six schools, one of them with a very long name, with zero, missing, not applicable and suppressed cells."""
    columns = (
        Column("school", "Школа", kind="link"),
        Column("n", "Участников", kind="count"),
        Column("mean", "Средний балл", "из 20", kind="number", digits=1),
        Column("passed", "Успеваемость", "% (справились из писавших; интервал 95 %)", kind="share"),
        Column("change", "Изменение за год", "баллы", kind="number", digits=1),
        Column("verdict", "Вывод", kind="badge"),
    )
    rows = list(map(_school, NAMES, MEANS, PASSED, CHANGES, VERDICTS))
    total: Mapping[str, Cell] = {
        "school": "Район",
        "n": 372,
        "mean": 11.9,
        "passed": Share(304, 372),
        "change": 0.2,
        "verdict": "",
    }
    note = "«—» — не применяется, «•» — скрыто: слишком мало участников. Бледные строки: участников меньше 5."
    return Table("Школы района", columns, [*rows, Row(total, "total")], note=russian.nbsp(note))


def _school(name: str, mean: Cell, passed: Share | Unknown, change: Cell, verdict: Cell) -> Row:
    n: Cell = passed.n if isinstance(passed, Share) else 0
    cells: dict[str, Cell] = {
        "school": Text(name, href="?school"),
        "n": n,
        "mean": mean,
        "passed": passed,
        "change": change,
        "verdict": verdict,
    }
    return Row(cells, "pale" if isinstance(n, int) and 0 < n < 5 else "")


def many_rows() -> Table:
    """Long enough for a sticky header and for pages."""
    columns = (Column("item", "Задание"), Column("solved", "Выполнили", "%", kind="percent", digits=1))
    rows: list[Mapping[str, Cell]] = [{"item": f"Задание {i}", "solved": 100 * i / 130} for i in range(1, 131)]
    return Table("Длинная таблица", columns, rows)


def form_with_errors() -> Sample:
    form = Sample({"email": "завуч", "role": ""}, auto_id="wrong_%s")
    form.add_error(None, "Такая учётная запись уже есть: войдите под ней или назовите другую почту.")
    return form


def tabs() -> list[dict[str, Any]]:
    words = ("Территория", "Школы", "Баллы", "Отметки и журнал", "Задания", "Классы", "Годы")
    return [{"title": word, "url": f"?tab={i}", **({"count": 18} if i == 1 else {})} for i, word in enumerate(words)]


def colours() -> list[tuple[str, str]]:
    return [
        ("territory", "территория"),
        ("own", "своя школа, ссылка"),
        ("below", "ниже цели"),
        ("above", "выше цели"),
        ("signal", "сигнал"),
        ("refuse", "отказ файлу или полю, не человеку"),
    ]


def histogram() -> Chart:
    """Scores of one school against the territory, with the borders of marks."""
    school = (0, 1, 1, 2, 3, 4, 6, 7, 9, 8, 8, 6, 5, 5, 3, 2, 1, 1)
    district = (2, 3, 6, 9, 14, 21, 30, 34, 41, 44, 40, 37, 33, 22, 17, 10, 6, 3)
    borders = ((2, 5), (3, 9), (4, 13), (5, 17))
    return score_histogram.chart(dict(enumerate(school)), dict(enumerate(district)), 17, borders, "Школа № 2", "Район")
