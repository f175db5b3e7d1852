from django.urls import path

from hub import calendars

app_name = "hub"

urlpatterns = [
    path("calendar.ics", calendars.feed, name="calendar"),
    path("calls/<int:call_id>/calendar.ics", calendars.call_calendar, name="call_calendar"),
    path(
        "calls/<int:call_id>/<int:deadline_id>/calendar.ics",
        calendars.deadline_calendar,
        name="deadline_calendar",
    ),
]
