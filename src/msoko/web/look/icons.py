"""Icons of one sprite (static/look/icons.svg): a drawing beside a word, never instead of it."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def icon(name: str) -> SafeString:
    """An icon that screen readers pass over; `name` is the id of a symbol in the sprite."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("look/icons.svg"),
        name,
    )
