from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from accounts.day import work
from consortia.asked_parts.setting import SET_PARTS
from consortia.board import views as board_of_consortia
from consortia.board.reminding import REMIND
from consortia.recommendation.releasing import RELEASE
from consortia.reviewers.appointing import APPOINT, DISMISS
from consortia.reviewing.criteria import SET_CRITERIA
from consortia.rules.setting import SET_RULES
from consortia.staff import board, criteria, parts, proposals, reviewing, rules
from consortia.staff.admin import InterestViewSet, IntroductionViewSet
from consortia.staff.work import work as of_consortia
from consortia.staff.writing import WRITE


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a call says besides."""
    actions.register_action(WRITE, _("Write to the interested"), _("Wrote to interested organisations"))
    actions.register_action(REMIND, _("Remind to sign"), _("Reminded those who have not signed"))
    actions.register_action(SET_RULES, _("Set the rules for consortia"), _("Set the rules for consortia"))
    actions.register_action(APPOINT, _("Give the role of reviewer"), _("Gave somebody the role of reviewer or chair"))
    actions.register_action(DISMISS, _("End the role of reviewer"), _("Ended the role of a reviewer or chair"))
    actions.register_action(SET_CRITERIA, _("Set the criteria"), _("Set the criteria of the review"))
    actions.register_action(RELEASE, _("Release the recommendations"), _("Released the recommendations"))
    actions.register_action(SET_PARTS, _("Set the parts of a proposal"), _("Set the parts of a proposal"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        *board.urlpatterns,
        *rules.urlpatterns,
        *reviewing.urlpatterns,
        *criteria.urlpatterns,
        *parts.urlpatterns,
        *proposals.urlpatterns,
        *board_of_consortia.urlpatterns,
    ]


register_snippet(InterestViewSet)
register_snippet(IntroductionViewSet)
work.register(of_consortia)
