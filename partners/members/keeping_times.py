"""How long it is kept who acts for an organisation, and who was asked to."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

INVITATIONS = KeepingTime(
    "invitations",
    _("invitations to act for an organisation"),
    _("after they were sent"),
    timedelta(days=60),
    subject=Subject.ORGANISATIONS,
    ground=Ground.SERVICE,
    why=_("So that who was invited can accept."),
)
MEMBERSHIPS = KeepingTime(
    "memberships",
    _("who acts for an organisation"),
    _("until they leave, are removed, or their account is deleted"),
    subject=Subject.ORGANISATIONS,
    ground=Ground.SERVICE,
    why=_("So that only its own people change what stands about an organisation."),
)
# As long as the Commission looks back in its own evaluations: the code of conduct for its experts asks whether somebody
# worked for an applicant in the last three years.
FORMER = KeepingTime(
    "former_memberships",
    _("who acted for an organisation before"),
    _("after it ended"),
    timedelta(days=3 * 365),
    subject=Subject.ORGANISATIONS,
    ground=Ground.PUBLIC_TASK,
    why=_("To find conflicts of interest of reviewers."),
)
