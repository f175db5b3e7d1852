from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).resolve().parent.parent / "sql"


def _stays(name, back):
    return migrations.RunSQL((_SQL / f"{name}.sql").read_text(encoding="utf-8"), back)


_RECEIPTS = """
DROP SEQUENCE consortia_receipt_running;
DROP TRIGGER consortia_signing_key_stays ON consortia_signingkey;
DROP TRIGGER consortia_receipt_is_kept ON consortia_receipt;
DROP FUNCTION consortia_receipts_are_kept;
DROP TRIGGER consortia_receipt_stays ON consortia_receipt;
"""
_REVIEWS = """
DROP TRIGGER consortia_outcome_stays ON consortia_outcome;
DROP TRIGGER consortia_lifting_goes_with_its_consortium ON consortia_lifting;
DROP TRIGGER consortia_lifting_stays ON consortia_lifting;
"""
_PROPOSALS = """
DROP TRIGGER consortia_submittedpart_goes_with_its_proposal ON consortia_submittedpart;
DROP TRIGGER consortia_textversion_goes_with_its_part ON consortia_textversion;
DROP TRIGGER consortia_filling_goes_with_its_consortium ON consortia_filling;
DROP TRIGGER consortia_proposal_goes_with_its_consortium ON consortia_proposal;
DROP TRIGGER consortia_submittedpart_stays ON consortia_submittedpart;
DROP TRIGGER consortia_proposal_stays ON consortia_proposal;
DROP TRIGGER consortia_textversion_stays ON consortia_textversion;
"""


class Migration(migrations.Migration):
    """Nobody alters what was signed, lifted, released, written in a proposal or submitted, whatever program they use."""

    dependencies = [("consortia", "0004_undertakings")]
    operations = [
        _stays("receipts_stay", _RECEIPTS),
        _stays("reviews_stay", _REVIEWS),
        _stays("proposals_stay", _PROPOSALS),
    ]
