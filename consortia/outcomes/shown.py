"""What the partners of a consortium see of it: nothing before the release."""

from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome


def outcome(consortium: Consortium) -> Outcome | None:
    """What was recommended, once it is released for the whole call."""
    released = Outcome.objects.released().filter(consortium=consortium)
    return released.select_related("consortium__call__recommendations").first()
