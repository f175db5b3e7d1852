from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "reports_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER monitoring_logbookversion_is_the_next ON monitoring_logbookversion;
DROP TRIGGER monitoring_logbookversion_goes_with_its_entry ON monitoring_logbookversion;
DROP TRIGGER monitoring_logbookversion_stays ON monitoring_logbookversion;
DROP TRIGGER monitoring_reportpart_stays ON monitoring_reportpart;
DROP TRIGGER monitoring_report_stays ON monitoring_report;
DROP FUNCTION monitoring_version_is_the_next;
DROP FUNCTION monitoring_report_parts_stay;
"""


class Migration(migrations.Migration):
    """Nobody alters what was published or written into the logbook, whatever program they use."""

    dependencies = [("monitoring", "0004_reports")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
