from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from accounts.day import work
from events.moving import moving
from events.sign_up.admin import RegistrationViewSet, cancel_registration
from events.staff.admin import EventViewSet
from events.staff.what_goes import what_goes
from events.staff.work import begin
from events.staff.work import work as of_events


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of an event says about its changes."""
    moved, cancelled, resumed = moving.ACTIONS.values()
    actions.register_action(moved, _("Move an event"), _("Moved the event"))
    actions.register_action(cancelled, _("Cancel an event"), _("Cancelled the event"))
    actions.register_action(resumed, _("Let an event take place after all"), _("Said that it takes place after all"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("events/what-goes/", what_goes, name="events_admin_what_goes"),
        path(
            "events/registrations/<int:registration_id>/cancel/",
            cancel_registration,
            name="events_admin_cancel_registration",
        ),
    ]


register_snippet(EventViewSet)
register_snippet(RegistrationViewSet)
work.register(of_events)
work.register_offer(begin)
