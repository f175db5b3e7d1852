"""Days and moments in the admin: the browser's own fields, in Brussels time, for every form that Wagtail makes.

Wagtail's picker reads what it does not understand as today or now, in the zone of somebody's profile.
"""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

from hub.dates.brussels import BrusselsDateTimeField, ClockInput


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentField(BrusselsDateTimeField):
    """A moment in a form that Wagtail makes; where a panel brings the picker along, its attributes alone are kept."""

    def __init__(self, *, widget: Any = None, **options: Any) -> None:
        if isinstance(widget, AdminDateTimeInput):
            widget = ClockInput(attrs=dict(widget.attrs))
        super().__init__(widget=widget, **options)


def use_in_admin() -> None:
    """Called once when Django starts, before any form of the admin is made."""
    register_form_field_override(models.DateField, override={"widget": DayInput})
    register_form_field_override(models.DateTimeField, override={"form_class": MomentField})
