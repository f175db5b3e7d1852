from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from practices import feeds, views

app_name = "practices"

urlpatterns = [
    path("", views.library, name="library"),
    # With a dot: no practice can be called that, since a slug has none.
    path("feed.atom", require_safe(feeds.NewestPractices()), name="feed"),
    path("<slug:slug>/", views.practice, name="practice"),
    path(pgettext_lazy("url", "<slug:slug>/ask/"), views.ask, name="ask"),
    path(pgettext_lazy("url", "<slug:slug>/ask/sent/"), views.asked, name="asked"),
]
