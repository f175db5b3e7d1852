from django.urls import path
from django.utils.translation import pgettext_lazy

from notifications.following import manage_views, views

app_name = "notifications"

urlpatterns = [
    path(pgettext_lazy("url", "follow/"), views.FollowView.as_view(), name="follow"),
    path(pgettext_lazy("url", "follow/asked/"), views.asked, name="asked"),
    path(pgettext_lazy("url", "follow/confirm/<str:token>/"), views.ConfirmView.as_view(), name="confirm"),
    path(pgettext_lazy("url", "follow/stop/<str:token>/"), views.StopView.as_view(), name="stop"),
    path(pgettext_lazy("url", "follow/stop-now/<str:token>/"), views.StopNowView.as_view(), name="stop_now"),
    path(pgettext_lazy("url", "follow/mine/"), manage_views.LinkView.as_view(), name="manage_link"),
    path(pgettext_lazy("url", "follow/mine/sent/"), manage_views.link_sent, name="link_sent"),
    path(pgettext_lazy("url", "follow/mine/erased/"), manage_views.erased, name="erased"),
    path(pgettext_lazy("url", "follow/mine/<str:token>/"), manage_views.ManageView.as_view(), name="manage"),
    path(
        pgettext_lazy("url", "follow/mine/<str:token>/<int:pk>/"),
        manage_views.ChangeView.as_view(),
        name="change",
    ),
    path(
        pgettext_lazy("url", "follow/mine/<str:token>/<int:pk>/stop/"),
        manage_views.StopOneView.as_view(),
        name="stop_one",
    ),
    path(
        pgettext_lazy("url", "follow/mine/<str:token>/stop-all/"),
        manage_views.StopAllView.as_view(),
        name="stop_all",
    ),
    path(pgettext_lazy("url", "follow/mine/<str:token>/erase/"), manage_views.EraseView.as_view(), name="erase"),
]
