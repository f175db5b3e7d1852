"""What the centre sees of a consortium now, as staff are held to it and as its own people read it."""

from dataclasses import dataclass

from consortia.consortium.models import Consortium

Shown = Consortium.Shown


@dataclass(frozen=True)
class Sight:
    """How much staff see of a consortium, and whether that is more than what it lets them see of its draft."""

    shown: Shown

    @property
    def has_names(self) -> bool:
        """Name, organisations, who has signed, checklist, receipt."""
        return self.shown != Shown.NUMBER

    @property
    def has_all(self) -> bool:
        """Summary, documents, tasks and log as well; notes never."""
        return self.shown == Shown.ALL

    @property
    def words(self) -> str:
        """As its own people chose it."""
        return str(self.shown.label)


def sight(consortium: Consortium) -> Sight:
    """Of now: whoever declares lets the centre see the names, which are public then."""
    chosen = Shown(consortium.shown_to_centre)
    if consortium.status == Consortium.Status.DECLARED and chosen == Shown.NUMBER:
        return Sight(Shown.NAMES)
    return Sight(chosen)
