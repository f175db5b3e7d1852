"""The models of all rooms, where Django looks for them; nothing else imports this."""

from monitoring.comments.models import Comment
from monitoring.indicators.models import Indicator, Target
from monitoring.logbook.models import LogbookEntry, LogbookVersion
from monitoring.reports.models import Report, ReportPart, Template, TemplatePart
from monitoring.snapshots.models import Snapshot

__all__ = [
    "Comment",
    "Indicator",
    "LogbookEntry",
    "LogbookVersion",
    "Report",
    "ReportPart",
    "Snapshot",
    "Target",
    "Template",
    "TemplatePart",
]
