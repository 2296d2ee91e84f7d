"""Cells, badges and shares as HTML. The words are those of `msoko.documents` and `msoko.core`; here is their look."""

from datetime import date

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from msoko.core.vocabulary import russian
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Text, formatted
from msoko.web.look.icons import icon

BADGES = {
    "steady": ("устойчиво", ""),
    "likely": ("вероятно", ""),
    "few": ("мало данных", ""),
    "pass": ("Годен", "check"),
    "warning": ("Замечания", "warning"),
    "fail": ("Отказ", "refuse"),
    "signal": ("сигнал", ""),
    "below": ("ниже цели", "sort-down"),
    "above": ("выше цели", "sort-up"),
    "own": ("ваша школа", ""),
    "plain": ("", ""),
}
"""Kind → (its usual word, its icon). A colour never speaks alone: shape and word say the same."""


def badge(kind: str, text: str = "") -> SafeString:
    """A badge; without `text` it says its usual word. PASS, WARNING and FAIL are understood as they are.

    Raises KeyError for a kind that is not in BADGES, so that a slip is found by the first look at the page.
    """
    kind = kind.lower()
    word, drawing = BADGES[kind]
    if not (text or word):
        return SafeString("")
    return format_html('<span class="badge badge-{}">{}{}</span>', kind, icon(drawing) if drawing else "", text or word)


def unknown(state: Unknown) -> SafeString:
    """The sign of the state; a lone mark is also told in words to those who hear the page."""
    if state is Unknown.MISSING:
        return format_html('<span class="state">{}</span>', state.sign)
    return format_html(
        '<span class="state" title="{0}"><span aria-hidden="true">{1}</span>'
        '<span class="visually-hidden">{0}</span></span>',
        state.meaning,
        state.sign,
    )


def share(value: Share | Unknown, minimum: int = 0) -> SafeString:
    """«34 % (19 из 56; 23–47 %)», the per cent standing out. Pale, with a word, where n is below `minimum`."""
    if isinstance(value, Unknown):
        return unknown(value)
    if not value.n:
        return unknown(Unknown.NOT_APPLICABLE)
    percent, _, rest = russian.share_in_words(value).partition(" ")
    few = value.n < minimum
    return format_html(
        '<span class="share{}">{} <span class="share-note">{}</span></span>{}',
        " few" if few else "",
        percent,
        rest,
        mark_safe(' <span class="small faint">мало участников</span>') if few else "",
    )


def cell(value: Cell, column: Column, panel: bool = False) -> SafeString:
    """The inside of a table's cell. `panel` lets the row's link open beside the list."""
    if isinstance(value, Unknown):
        return unknown(value)
    if isinstance(value, Share):
        return share(value)
    if isinstance(value, Text):
        return _text(value, column, panel)
    if isinstance(value, date):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), formatted(value, column))
    return escape(formatted(value, column))


def _text(value: Text, column: Column, panel: bool) -> SafeString:
    inside = badge(value.tone or "plain", value.text) if column.kind == "badge" else format_html("{}", value.text)
    if not value.href:
        return inside
    return format_html('<a href="{}"{}>{}</a>', value.href, mark_safe(" data-panel") if panel else "", inside)
