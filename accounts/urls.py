from django.urls import path
from django.utils.translation import pgettext_lazy

from accounts import invitation_views, views

app_name = "accounts"

urlpatterns = [
    path(pgettext_lazy("url", "my/"), views.my_page, name="my_page"),
    path(pgettext_lazy("url", "invitation/<str:token>/"), invitation_views.invitation, name="invitation"),
    path(pgettext_lazy("url", "my/details/"), views.profile, name="profile"),
]
