from django.urls import path
from django.utils.translation import pgettext_lazy

from accounts.colleagues.views import invitation
from accounts.my_data import link_views
from accounts.my_data import views as data
from accounts.profile.views import my_page, profile

app_name = "accounts"

urlpatterns = [
    path(pgettext_lazy("url", "my/"), my_page, name="my_page"),
    path(pgettext_lazy("url", "invitation/<str:token>/"), invitation, name="invitation"),
    path(pgettext_lazy("url", "my/details/"), profile, name="profile"),
    path(pgettext_lazy("url", "my/data/"), data.MyData.as_view(), name="my_data"),
    path(pgettext_lazy("url", "my/data/copy/"), data.MyCopy.as_view(), name="my_copy"),
    path(pgettext_lazy("url", "my/data/erase/"), data.MyErase.as_view(), name="my_erase"),
    path(pgettext_lazy("url", "my/data/kind/<str:key>/"), data.MyKind.as_view(), name="my_kind"),
    path(pgettext_lazy("url", "data/"), link_views.GuestLink.as_view(), name="guest_link"),
    path(pgettext_lazy("url", "data/sent/"), link_views.guest_link_sent, name="guest_link_sent"),
    path(pgettext_lazy("url", "data/erased/"), data.erased, name="data_erased"),
    path(pgettext_lazy("url", "data/file/<str:token>/"), link_views.data_copy, name="data_copy"),
    path(pgettext_lazy("url", "data/of/<str:token>/"), data.GuestData.as_view(), name="guest_data"),
    path(pgettext_lazy("url", "data/of/<str:token>/copy/"), data.GuestCopy.as_view(), name="guest_copy"),
    path(pgettext_lazy("url", "data/of/<str:token>/erase/"), data.GuestErase.as_view(), name="guest_erase"),
    path(pgettext_lazy("url", "data/of/<str:token>/kind/<str:key>/"), data.GuestKind.as_view(), name="guest_kind"),
]
