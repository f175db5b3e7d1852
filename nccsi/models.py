"""The models of all rooms, where Django looks for them; nothing else imports this."""

from nccsi.health.models import Heartbeat, TaskCount

__all__ = ["Heartbeat", "TaskCount"]
