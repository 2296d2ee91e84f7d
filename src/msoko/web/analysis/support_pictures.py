"""Pictures of «Поддержка»: schools of one procedure in the funnel of chance, the list over the years."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.shares import Share
from msoko.documents.charts import funnel
from msoko.documents.charts.chart import Chart
from msoko.documents.tables import Table
from msoko.web.analysis.queries import School, failed_by_school
from msoko.web.analysis.support_page import SupportPage
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.titles import title_of

MOST_NUMBERS = 100
"""Rows of numbers below a picture: nobody reads six hundred there, and they weigh more than all the rest of the page.
The page of the procedure has the whole table."""


def funnel_of(
    procedure: Procedure,
    score: str,
    schools: Mapping[int, School],
    verdicts: Mapping[int, Verdict],
    territory: str,
    threshold: float | None = None,
    own: int | None = None,
    shown: Collection[int] | None = None,
) -> Chart | None:
    """Who did not pass, against the number of participants; None where of nobody is known who passed.

    `verdicts`: school → how sure the list is of it; `own` is the school that is looked at. Chance is reckoned from all
    `schools`; drawn are those `shown`, where the reader may not see the others.
    """
    shares = failed_by_school(procedure, score, schools)
    if not shares:
        return None
    whole = Share(sum(share.k for share in shares.values()), sum(share.n for share in shares.values()))
    points = [
        funnel.School(school.name, shares[key], verdicts.get(key), key == own)
        for key, school in schools.items()
        if key in shares and (shown is None or key in shown)
    ]
    return shortened(funnel.chart(points, whole, territory, threshold, title=f"Не справились: {title_of(procedure)}"))


def shortened(chart: Chart, which: str = "школ с\u00a0наибольшей долей") -> Chart:
    """Of a whole region the numbers of the picture are the first of its table, and the picture says which these are."""
    table = chart.data_table
    if len(table.lines) <= MOST_NUMBERS:
        return chart
    alt = f"{chart.alt} В{NBSP}числах рисунка — {MOST_NUMBERS} {which}."
    few = Table(table.title, table.columns, table.rows[:MOST_NUMBERS], table.caption, table.note)
    return replace(chart, alt=alt, data_table=few)


def of_list(page: SupportPage) -> Chart | None:
    """The procedure that is looked at, with the schools of the list marked in it, whatever brought them there."""
    if page.procedure is None or page.run is None:
        return None
    score, threshold = page.run.parameters["score"], page.run.parameters.get("threshold")
    verdicts = {line.school.pk: line.verdict for line in page.listed if line.verdict}
    return funnel_of(page.procedure, score, page.schools, verdicts, page.territory.name, threshold)


def over_years(page: SupportPage) -> Chart | None:
    return page.years_of_list.picture()


PICTURES: dict[str, Callable[[SupportPage], Chart | None]] = {"funnel": of_list, "years": over_years}
