"""What giving account holds about people."""

from accounts.personal_data.declarations import acted
from hub.facts.keeping_times import RECORD
from monitoring.comments.keeping_times import COMMENTS
from monitoring.comments.models import Comment
from monitoring.indicators.models import Indicator
from monitoring.logbook.models import LogbookVersion
from monitoring.reports.models import Report
from monitoring.snapshots.models import Snapshot

DECLARED = [
    acted(Indicator, "owner", kept=RECORD, theirs_not=("code", "name", "definition", "unit", "common")),
    acted(Comment, "by", kept=COMMENTS, written=("text",), theirs_not=("language",)),
    acted(LogbookVersion, "by", kept=RECORD, written=("assumed", "happened", "changes"), theirs_not=("language",)),
    acted(Report, "published_by", kept=RECORD, theirs_not=("title", "language", "content", "digest")),
    acted(Snapshot, "by", kept=RECORD, written=("reason", "source"), theirs_not=("breakdown", "key")),
]
