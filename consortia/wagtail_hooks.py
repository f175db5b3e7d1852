from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from consortia.asked_parts.setting import SET_PARTS
from consortia.rules.setting import SET_RULES
from consortia.staff import board, parts, proposals, rules
from consortia.staff.admin import InterestViewSet, IntroductionViewSet
from consortia.staff.writing import WRITE


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a call says besides."""
    actions.register_action(WRITE, _("Write to the interested"), _("Wrote to interested organisations"))
    actions.register_action(SET_RULES, _("Set the rules for consortia"), _("Set the rules for consortia"))
    actions.register_action(SET_PARTS, _("Set the parts of a proposal"), _("Set the parts of a proposal"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [*board.urlpatterns, *rules.urlpatterns, *parts.urlpatterns, *proposals.urlpatterns]


register_snippet(InterestViewSet)
register_snippet(IntroductionViewSet)
