from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from hub.dates import calendars
from hub.pages.feeds import NewsFeed
from hub.site_search import views

app_name = "hub"

urlpatterns = [
    path(pgettext_lazy("url", "search/"), views.search, name="search"),
    path("feeds/news/", require_safe(NewsFeed()), name="news_feed"),
    path("calendar.ics", require_safe(calendars.feed), name="calendar"),
]
