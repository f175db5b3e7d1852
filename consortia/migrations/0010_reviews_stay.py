from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "reviews_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER consortia_outcome_stays ON consortia_outcome;
DROP FUNCTION consortia_outcomes_stay;
DROP TRIGGER consortia_lifting_goes_with_its_consortium ON consortia_lifting;
DROP TRIGGER consortia_lifting_stays ON consortia_lifting;
DROP FUNCTION consortia_liftings_stay;
"""


class Migration(migrations.Migration):
    """Nobody alters why a conflict was lifted or what was released, whatever program they use."""

    dependencies = [("consortia", "0009_reviews")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
