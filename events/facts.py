"""How staff edit the facts of an event."""

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm

from events.models import Event

# A change in one of these is news for a calendar that holds the event (RFC 5546, 2.1.4).
IN_CALENDARS = {"starts_at", "ends_at", "venue", "address", "online_url", "cancelled_at"}


class EventFactsForm(WagtailAdminModelForm):
    """Raises the revision that calendars compare, once per save that changes time or place."""

    def save(self, commit: bool = True) -> Event:
        if self.instance.pk and IN_CALENDARS & set(self.changed_data):
            self.instance.sequence += 1
        saved: Any = super().save(commit=commit)
        return saved
