from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet

from accounts.day import work
from calls.moving import deadlines
from calls.questions.admin import QuestionViewSet
from calls.staff.admin import CallViewSet
from calls.staff.work import work as of_calls


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a call says about its dates."""

    @actions.register_action(deadlines.MOVED_ACTION)
    class Moved(LogFormatter):
        label = _("Move a date")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return gettext("Moved the date of “%(label)s”") % {"label": log_entry.data.get("label", "")}

    actions.register_action(deadlines.WITHDRAWN_ACTION, _("Withdraw a call"), _("Withdrew the call"))


register_snippet(CallViewSet)
register_snippet(QuestionViewSet)
work.register(of_calls)
