"""Offers and requests, beside the directory: below it an organisation could have the same name."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from partners.exchange import own, views

app_name = "exchange"

urlpatterns = [
    path("", views.notices, name="notices"),
    path("<int:pk>/", views.notice, name="notice"),
    path(pgettext_lazy("url", "<int:pk>/answer/"), views.answer, name="answer"),
    path(pgettext_lazy("url", "<int:pk>/answered/"), views.answered, name="answered"),
    path(pgettext_lazy("url", "<int:pk>/change/"), own.change, name="change"),
    path(pgettext_lazy("url", "<int:pk>/renew/"), own.renew, name="renew"),
    path(pgettext_lazy("url", "<int:pk>/withdraw/"), own.withdraw, name="withdraw"),
    path(pgettext_lazy("url", "new/<slug:slug>/"), own.add, name="add"),
    path(pgettext_lazy("url", "renew/<str:token>/"), own.renew_by_mail, name="renew_by_mail"),
]
