"""What the page of a practice shows of its reuse elsewhere."""

from django import template

from practices.practice.models.practice import Practice
from practices.reuse_reports import presentation

register = template.Library()


@register.simple_tag
def taken_up(practice: Practice) -> presentation.TakenUp:
    """Who took it up, in figures, along a line of years and on the map."""
    return presentation.taken_up(practice)
