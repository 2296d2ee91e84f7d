"""The list of «Поддержка» as the page shows it."""

from django.http import HttpRequest

from msoko.web.analysis import decided_list
from msoko.web.analysis.support_page import Line, SupportPage
from msoko.web.analysis.tables import list_on_page


def shown_list(page: SupportPage, request: HttpRequest) -> decided_list.ShownList:
    """A region's reader needs the municipality of a school, too."""

    def notes_of(line: Line) -> list[str]:
        return [line.school.municipality] if page.looks_at_several else []

    may_decide = page.sight.may("decide_finding", page.territory)
    return decided_list.shown_list(list_on_page(page), page.lines, request, page.territory, may_decide, notes_of)
