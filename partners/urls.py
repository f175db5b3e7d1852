from django.urls import path
from django.utils.translation import pgettext_lazy

from partners import interest_views, views

app_name = "partners"

urlpatterns = [
    path("", views.directory, name="directory"),
    path(pgettext_lazy("url", "interest/<int:call_id>/"), interest_views.interest, name="interest"),
    path(pgettext_lazy("url", "interest/<int:call_id>/sent/"), interest_views.interest_sent, name="interest_sent"),
    path(
        pgettext_lazy("url", "interest/<int:call_id>/registered/"),
        interest_views.interest_registered,
        name="interest_registered",
    ),
    path(pgettext_lazy("url", "interest/confirm/<str:token>/"), views.confirm_interest, name="confirm_interest"),
    path(pgettext_lazy("url", "interest/correct/<str:token>/"), views.correct_interest, name="correct_interest"),
    path(pgettext_lazy("url", "interest/withdraw/<str:token>/"), views.withdraw_interest, name="withdraw_interest"),
    path("<slug:slug>/", views.organisation, name="organisation"),
]
