"""The description of the open data as pages show it."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def with_code(text: str) -> SafeString:
    """What stands between backticks as code, as programs that read the description show it too."""
    parts = re.split(r"`([^`]*)`", text or "")
    shown = ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in enumerate(parts))
    return format_html_join("", "{}", shown)
