from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from calls.overview.feeds import CallsFeed
from calls.pages import call_calendars
from calls.questions import views

app_name = "calls"

urlpatterns = [
    path(pgettext_lazy("url", "questions/ask/<int:call_id>/"), views.AskView.as_view(), name="ask"),
    path(pgettext_lazy("url", "questions/asked/<int:call_id>/"), views.asked, name="question_asked"),
    path("feeds/calls/", require_safe(CallsFeed()), name="calls_feed"),
    path("calls/<int:call_id>/calendar.ics", require_safe(call_calendars.call_calendar), name="call_calendar"),
    path(
        "calls/<int:call_id>/<int:deadline_id>/calendar.ics",
        require_safe(call_calendars.deadline_calendar),
        name="deadline_calendar",
    ),
]
