"""What the partners of a consortium see of it: nothing before the release."""

from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome, OutcomeQuerySet


def outcome(consortium: Consortium) -> Outcome | None:
    """What was recommended about the text that stands, once it is released; nothing where another one was written."""
    return told(consortium).first()


def told(consortium: Consortium) -> OutcomeQuerySet:
    """The same, to ask whether there is one: what was told of a text is neither judged nor settled again."""
    return Outcome.objects.released().of_what_stands().filter(consortium=consortium)
