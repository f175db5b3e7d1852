from django.urls import path
from django.utils.translation import pgettext_lazy

from notifications import views

app_name = "notifications"

urlpatterns = [
    path(pgettext_lazy("url", "follow/"), views.FollowView.as_view(), name="follow"),
    path(pgettext_lazy("url", "follow/asked/"), views.asked, name="asked"),
    path(pgettext_lazy("url", "follow/confirm/<str:token>/"), views.ConfirmView.as_view(), name="confirm"),
    path(pgettext_lazy("url", "follow/stop/<str:token>/"), views.StopView.as_view(), name="stop"),
    path(pgettext_lazy("url", "follow/stop-now/<str:token>/"), views.StopNowView.as_view(), name="stop_now"),
]
