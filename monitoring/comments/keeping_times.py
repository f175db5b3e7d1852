"""How long what staff said about figures is kept, and who said it."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

COMMENTS = KeepingTime(
    "comments_on_figures",
    _("comments of the centre on its figures, and the names of who wrote them"),
    _("for good; names until the account is deleted"),
    subject=Subject.LEARNING,
    ground=Ground.PUBLIC_TASK,
    why=_("So that figures are read as they are meant."),
)
