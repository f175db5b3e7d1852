from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from practices import choosing_views, feeds, views

app_name = "practices"

urlpatterns = [
    path("", views.library, name="library"),
    # With a dot: no practice can be called that, since a slug has none.
    path("feed.atom", require_safe(feeds.NewestPractices()), name="feed"),
    # What no practice may be called: RESERVED_SLUGS.
    path(pgettext_lazy("url", "compare/"), choosing_views.compare, name="compare"),
    path(pgettext_lazy("url", "shortlist/"), choosing_views.my_shortlist, name="shortlist"),
    path(pgettext_lazy("url", "shortlist/keep/"), choosing_views.keep, name="keep"),
    path(pgettext_lazy("url", "shortlist/remove/"), choosing_views.unkeep, name="unkeep"),
    path(pgettext_lazy("url", "shortlist/clear/"), choosing_views.clear, name="clear_shortlist"),
    path("<slug:slug>/", views.practice, name="practice"),
    path(pgettext_lazy("url", "<slug:slug>/ask/"), views.ask, name="ask"),
    path(pgettext_lazy("url", "<slug:slug>/ask/sent/"), views.asked, name="asked"),
]
