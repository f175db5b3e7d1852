from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu.groups import SETTINGS
from nccsi.health import screens


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """How the portal is."""
    return screens.urlpatterns


class StateMenuItem(MenuItem):
    """For those who may do something about it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return screens.may_see(request.user)


@hooks.register(SETTINGS.hook)
def state_of_the_portal() -> MenuItem:
    """Under Settings."""
    return StateMenuItem(_("State of the portal"), reverse_lazy("nccsi_state"), icon_name=screens.ICON, order=1000)
