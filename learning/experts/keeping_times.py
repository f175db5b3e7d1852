"""How long somebody is named as knowing about a question."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

EXPERTS = KeepingTime(
    "experts",
    _("who agreed to be named as knowing about a question: name, organisation, field, languages, what they agreed to"),
    _("until they take it back or their account is deleted"),
    subject=Subject.LEARNING,
    ground=Ground.CONSENT,
    why=_("So that others find who knows about a question."),
)
