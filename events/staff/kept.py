"""What other rooms keep about the people of an event, for the screen that tells what goes when."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from events.afterwards.keeping_times import CERTIFICATES
from events.afterwards.models import Certificate
from events.door.keeping_times import SCANS, WALK_INS
from events.door.models import Scan, WalkIn
from events.erasing.plan import Kept, by_event
from events.feedback.keeping_times import FEEDBACK_GIVEN, FEEDBACK_TEXTS
from events.feedback.models import FeedbackAnswer, FeedbackGiven
from events.questions.keeping_times import SENSITIVE_ANSWERS
from events.questions.models import SensitiveAnswer


def _scans(keys: Collection[int]) -> Mapping[int, int]:
    of_guests = Counter(by_event(Scan.objects.all(), keys, event="registration__event"))
    return of_guests + Counter(by_event(Scan.objects.all(), keys, event="walk_in__event"))


KEPT = (
    Kept(
        _("Answers to sensitive questions"),
        SENSITIVE_ANSWERS,
        lambda keys: by_event(SensitiveAnswer.objects.all(), keys, event="question__event"),
        lambda event: event.ends_at,
    ),
    Kept(
        _("Names of people who came without signing up"),
        WALK_INS,
        lambda keys: by_event(WalkIn.objects.exclude(name=""), keys),
        lambda event: event.ends_at,
    ),
    Kept(
        _("Who was let in at which door"),
        SCANS,
        _scans,
        lambda event: event.ends_at,
    ),
    Kept(
        _("Who gave feedback, not which"),
        FEEDBACK_GIVEN,
        lambda keys: by_event(FeedbackGiven.objects.all(), keys, event="registration__event"),
        lambda event: event.ends_at,
    ),
    Kept(
        _("What people wrote in their feedback"),
        FEEDBACK_TEXTS,
        lambda keys: by_event(FeedbackAnswer.objects.exclude(text=""), keys),
        lambda event: event.ends_at,
    ),
    Kept(
        _("Certificates: name and number"),
        CERTIFICATES,
        lambda keys: by_event(Certificate.objects.all(), keys, event="registration__event"),
        lambda event: event.ends_at,
    ),
)
