from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from calls.overview import feeds as call_feeds
from calls.pages import call_calendars
from calls.questions import views as question_views
from hub.dates import calendars
from hub.pages import feeds
from hub.search import views

app_name = "hub"

urlpatterns = [
    path(pgettext_lazy("url", "search/"), views.search, name="search"),
    path(pgettext_lazy("url", "questions/ask/<int:call_id>/"), question_views.AskView.as_view(), name="ask"),
    path(pgettext_lazy("url", "questions/asked/<int:call_id>/"), question_views.asked, name="question_asked"),
    path("feeds/news/", require_safe(feeds.NewsFeed()), name="news_feed"),
    path("feeds/calls/", require_safe(call_feeds.CallsFeed()), name="calls_feed"),
    path("calendar.ics", require_safe(calendars.feed), name="calendar"),
    path("calls/<int:call_id>/calendar.ics", require_safe(call_calendars.call_calendar), name="call_calendar"),
    path(
        "calls/<int:call_id>/<int:deadline_id>/calendar.ics",
        require_safe(call_calendars.deadline_calendar),
        name="deadline_calendar",
    ),
]
