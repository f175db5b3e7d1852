from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "proposals_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER consortia_submittedpart_goes_with_its_proposal ON consortia_submittedpart;
DROP FUNCTION consortia_parts_go_with_their_proposal;
DROP TRIGGER consortia_textversion_goes_with_its_part ON consortia_textversion;
DROP FUNCTION consortia_texts_go_with_their_part;
DROP TRIGGER consortia_filling_goes_with_its_consortium ON consortia_filling;
DROP TRIGGER consortia_proposal_goes_with_its_consortium ON consortia_proposal;
DROP FUNCTION consortia_proposals_go_with_their_consortium;
DROP TRIGGER consortia_submittedpart_stays ON consortia_submittedpart;
DROP TRIGGER consortia_proposal_stays ON consortia_proposal;
DROP TRIGGER consortia_fileversion_stays ON consortia_fileversion;
DROP TRIGGER consortia_textversion_stays ON consortia_textversion;
DROP FUNCTION consortia_proposals_stay;
"""


class Migration(migrations.Migration):
    """Nobody alters what was written in a proposal or submitted, whatever program they use."""

    dependencies = [("consortia", "0012_proposals")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
