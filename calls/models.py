"""The models of all rooms, for Django."""

from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call, Deadline
from calls.documents.models import CallDocument
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from calls.questions.models import Question

__all__ = [
    "Call",
    "CallDocument",
    "CallIndexPage",
    "CallPage",
    "CallWithdrawal",
    "Deadline",
    "DeadlineChange",
    "Question",
]
