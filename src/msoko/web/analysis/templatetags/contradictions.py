"""`{% load contradictions %}`: ways from the data to what they say against themselves."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from msoko.core.vocabulary.russian import NBSP, number
from msoko.web.analysis.contradictions_page import visible_contradictions
from msoko.web.collection.models import Batch

register = template.Library()


@register.simple_tag(takes_context=True)
def contradictions_link(context: Context, css: str = "") -> SafeString:
    """«Противоречия: 12» of all tables that the person may see."""
    return _link(visible_contradictions(context["request"].sight).count(), "", css)


@register.simple_tag(takes_context=True)
def contradictions_of(context: Context, batch: Batch) -> SafeString:
    """The same of one batch; '' where it is in none."""
    found = visible_contradictions(context["request"].sight).filter(batches=batch).count()
    return _link(found, f"?batch={batch.pk}", "") if found else SafeString("")


def _link(n: int, query: str, css: str) -> SafeString:
    address = reverse("analysis:contradictions") + query
    return format_html('<a href="{}" class="{}">Противоречия:{}{}</a>', address, css, NBSP, number(n))
