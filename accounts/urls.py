from django.urls import path
from django.utils.translation import pgettext_lazy

from accounts.colleagues.views import invitation
from accounts.profile.views import my_page, profile

app_name = "accounts"

urlpatterns = [
    path(pgettext_lazy("url", "my/"), my_page, name="my_page"),
    path(pgettext_lazy("url", "invitation/<str:token>/"), invitation, name="invitation"),
    path(pgettext_lazy("url", "my/details/"), profile, name="profile"),
]
