"""What other apps' pages show of monitoring."""

from typing import Any

from django import template

from learning.questions.models import Question
from monitoring.logbook.models import LogbookEntry
from monitoring.logbook.screens import entry_url, may_write

register = template.Library()


@register.simple_tag
def logbook_entry(question: Question, user: Any) -> dict[str, str]:
    """The entry of the logbook that a question was made of, for who keeps the logbook."""
    if not may_write(user):
        return {}
    found = LogbookEntry.objects.filter(question=question).with_current().first()
    return {"url": entry_url(found), "words": str(found)} if found else {}
