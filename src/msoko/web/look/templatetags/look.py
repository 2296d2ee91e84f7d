"""`{% load look %}`: every component of the pages. The design page shows them all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from msoko.core.vocabulary import russian
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts.chart import Chart
from msoko.documents.tables import Table
from msoko.web.look import cells, icons, tables
from msoko.web.look.addresses import Parameter, address_with, kept_pairs

register = template.Library()
LONG_FILTER = 3  # fields: one below another they push the table off a telephone's screen
LONGEST_CAPTION = 260  # letters: three lines under a picture are read, ten are not


def component(name: str) -> str:
    return f"look/components/{name}.html"


# ---- words and numbers


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "download" %}: a drawing from the sprite, silent for screen readers."""
    return icons.icon(name)


@register.simple_tag
def badge(kind: str, text: str = "") -> SafeString:
    """{% badge "steady" %} «устойчиво»; {% badge complaint.level %} «Отказ»; {% badge "plain" "ВПР" %}."""
    return cells.badge(kind, text)


@register.simple_tag
def share(k: int | Share | Unknown, n: int = 0, minimum: int = 0) -> SafeString:
    """{% share 19 56 %} or {% share value.passed %}: «34 % (19 из 56; 23–47 %)»; pale where n is below `minimum`."""
    return cells.share(Share(k, n) if isinstance(k, int) else k, minimum)


@register.simple_tag
def number(value: float | Unknown, digits: int = 0) -> SafeString:
    """{% number 1234.5 1 %} «1 234,5»; one of the unknown states shows its sign. None is an error."""
    if isinstance(value, Unknown):
        return cells.unknown(value)
    return format_html("{}", russian.number(value, digits))


@register.simple_tag
def counted(n: int, one: str, few: str, many: str) -> str:
    """{% counted 18 "школа" "школы" "школ" %} «18 школ»."""
    return russian.counted(n, one, few, many)


@register.filter
def glued(text: str) -> str:
    """Typography of a typed sentence: short prepositions, «№ 5» and « —» do not part at a line's end."""
    return russian.nbsp(str(text))


# ---- addresses


@register.simple_tag(takes_context=True)
def url_with(context: Context, address: str = "", **changes: Parameter) -> str:
    """{% url_with year=2021 page=None %}: this page with some parameters changed, the rest kept."""
    return address_with(context["request"], changes, address)


@register.inclusion_tag(component("kept"), takes_context=True)
def kept_parameters(context: Context, *without: str) -> dict[str, Any]:
    """{% kept_parameters "year" %}: hidden fields that carry this page's other parameters along with a form."""
    return {"kept": kept_pairs(context["request"].GET, set(without))}


# ---- tables and pictures


@register.inclusion_tag(component("table"), takes_context=True)
def data_table(
    context: Context, table: Table, name: str = "", export: str = "", panel: bool = False, title: bool = True
) -> dict[str, Any]:
    """{% data_table schools name="schools" export=url panel=True %}

    Sorted, cut and exported by the address; several tables on a page need names of their own. `export` answers
    ?format=xlsx and ?format=csv. With `panel` the link of the first cell opens beside the list on a wide screen.
    """
    return {"shown": tables.shown(table, context["request"], name, export, panel), "with_title": title}


@register.inclusion_tag(component("chart"), takes_context=True)
def chart(context: Context, chart: Chart, export: str = "", caption: str = "") -> dict[str, Any]:
    """{% chart histogram export=url %}: the picture, its sentence, its numbers as a table, PNG and SVG to take away.

    The caption defaults to the chart's own sentence of what is seen, unless that is an enumeration (it stays for
    those who don't see the picture). `export` answers ?format=png and ?format=svg.
    """
    links = [(word, address_with(context["request"], {"format": word.lower()}, export)) for word in ("PNG", "SVG")]
    drawing = mark_safe(chart.svg())  # our own renderer escapes every label
    return {
        "chart": chart,
        "drawing": drawing,
        "caption": caption or (chart.alt if len(chart.alt) <= LONGEST_CAPTION else ""),
        "numbers": chart.data_table.formatted_rows(),
        "links": links if export else [],
    }


@register.inclusion_tag(component("pages"), takes_context=True)
def pages(context: Context, paginator: Paginator, number: int) -> dict[str, Any]:
    """{% pages page.paginator page.number %}: for lists that are not tables."""
    links = [
        (str(i), "" if i == number else address_with(context["request"], {"page": i})) for i in paginator.page_range
    ]
    return {"links": links if len(links) > 1 else []}


# ---- figures, progress, steps, tabs


@register.inclusion_tag(component("stat"))
def stat(label: str, value: str, note: str = "", href: str = "") -> dict[str, str]:
    """Inside <dl class="stats">: {% stat "Участников" "6 912" "в 18 школах" url %}."""
    return {"label": label, "value": value, "note": note, "href": href}


@register.inclusion_tag(component("progress"))
def progress(done: int, total: int, label: str, poll: str = "") -> dict[str, Any]:
    """{% progress 7 16 "Читаются файлы" poll=url %}: with `poll` it asks that address for itself every two seconds.

    The address answers with this very tag; without `poll` in the answer the asking ends.
    """
    return {"done": done, "total": total, "label": label, "poll": poll}


@register.inclusion_tag(component("steps"))
def steps(names: Sequence[str] | str, current: int) -> dict[str, Any]:
    """{% steps "Загрузка, Проверка, Принятие" 2 %}: the second of three steps, the first one done."""
    words = [name.strip() for name in names.split(",")] if isinstance(names, str) else names
    return {"steps": [(i, name, i < current, i == current) for i, name in enumerate(words, 1)]}


@register.inclusion_tag(component("tabs"))
def tabs(items: Sequence[Mapping[str, Any]], current: str = "", label: str = "Разделы страницы") -> dict[str, Any]:
    """Links of one screen: items of {title, url, count?, key?}; current is the key or the url of the open one."""
    return {
        "tabs": [{**item, "current": bool(current) and current in (item.get("key"), item["url"])} for item in items],
        "label": label,
    }


# ---- what the system says


@register.inclusion_tag(component("empty"))
def empty_state(title: str, why: str, action_url: str = "", action_text: str = "") -> dict[str, str]:
    """What will be here, why it is empty, and the one next step."""
    return {"title": title, "why": why, "action_url": action_url, "action_text": action_text}


@register.inclusion_tag(component("error"))
def error_box(what: str, safe: str = "", todo: str = "") -> dict[str, str]:
    """What happened, what is safe, what to do."""
    return {"what": what, "safe": safe, "todo": todo}


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info") -> SafeString:
    """{% notice "warning" %}…{% endnotice %}: info, success, warning or error."""
    drawing = {"info": "info", "success": "done", "warning": "warning", "error": "refuse"}[kind]
    return format_html(
        '<div class="notice notice-{}">{}<div class="notice-body">{}</div></div>', kind, icons.icon(drawing), content
    )


# ---- forms


@register.inclusion_tag(component("field"))
def field(bound: BoundField) -> dict[str, Any]:
    """{% field form.email %}: label, help, field, error, tied together for screen readers."""
    return field_parts(bound)


@register.inclusion_tag(component("field"))
def filter_field(bound: BoundField) -> dict[str, Any]:
    """The same inside a filter, where every field may stay empty and none says so."""
    return {**field_parts(bound), "filter": True}


@register.inclusion_tag(component("fields"))
def fields(form: BaseForm) -> dict[str, BaseForm]:
    """{% fields form %}: errors of the whole form, then every field."""
    return {"form": form}


@register.inclusion_tag(component("filters"), takes_context=True)
def filters(context: Context, form: BaseForm, target: str = "", reset: str = "") -> dict[str, Any]:
    """{% filters form target="#schools" %}: a GET form that keeps the other parameters of the address.

    With `target` only that part of the page is fetched anew, where the browser can; `reset` is the bare address.
    A long filter is folded on a narrow screen until something is set in it.
    """
    request = context["request"]
    names = {bound.html_name for bound in form}
    return {
        "form": form,
        "kept": kept_pairs(request.GET, names | {"page"}),
        "target": target,
        "path": request.path,
        "is_set": any(request.GET.get(name) for name in names),
        "is_long": len(names) >= LONG_FILTER,
        "reset": reset or address_with(request, dict.fromkeys(names)),
    }


def field_parts(bound: BoundField) -> dict[str, Any]:
    """The field dressed for the page, and whether it is a single tick or a group of choices."""
    widget = bound.field.widget
    group = isinstance(widget, CheckboxSelectMultiple | RadioSelect)
    tick = isinstance(widget, CheckboxInput)
    plain = group or tick or isinstance(widget, FileInput)
    attributes: dict[str, str | bool] = {} if plain else {"class": f"control {widget.attrs.get('class', '')}".strip()}
    return {"bound": bound, "drawn": bound.as_widget(attrs=attributes), "tick": tick, "group": group}
