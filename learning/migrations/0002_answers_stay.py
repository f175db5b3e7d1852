from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "answers_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER learning_answertext_says_what_changed ON learning_answertext;
DROP TRIGGER learning_answerversion_is_the_next ON learning_answerversion;
DROP TRIGGER learning_evidence_goes_with_its_version ON learning_evidence;
DROP TRIGGER learning_answertext_goes_with_its_version ON learning_answertext;
DROP TRIGGER learning_answerversion_goes_with_its_question ON learning_answerversion;
DROP TRIGGER learning_evidence_stays ON learning_evidence;
DROP TRIGGER learning_answertext_stays ON learning_answertext;
DROP TRIGGER learning_answerversion_stays ON learning_answerversion;
DROP FUNCTION learning_change_has_a_reason;
DROP FUNCTION learning_version_is_the_next;
"""


class Migration(migrations.Migration):
    """Nobody edits what was answered, whatever program they use."""

    dependencies = [("learning", "0001_questions")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
