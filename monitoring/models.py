"""The models of all rooms, where Django looks for them; nothing else imports this."""

from monitoring.comments.models import Comment
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots.models import Snapshot

__all__ = ["Comment", "Indicator", "Snapshot", "Target"]
