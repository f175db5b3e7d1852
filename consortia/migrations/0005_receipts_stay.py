from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "receipts_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP SEQUENCE consortia_receipt_running;
DROP TRIGGER consortia_signing_key_stays ON consortia_signingkey;
DROP FUNCTION consortia_signing_keys_stay;
DROP TRIGGER consortia_receipt_is_kept ON consortia_receipt;
DROP FUNCTION consortia_receipts_are_kept;
DROP TRIGGER consortia_receipt_stays ON consortia_receipt;
DROP FUNCTION consortia_receipts_stay;
"""


class Migration(migrations.Migration):
    """Nobody alters a receipt or the key that it is verified with, whatever program they use."""

    dependencies = [("consortia", "0004_declarations")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
