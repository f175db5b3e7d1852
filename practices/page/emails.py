"""The mail that passes a question about a practice on."""

from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue
from practices.practice.models.practice import Practice
from practices.practice.presentation import text_for


def question(
    practice: Practice,
    *,
    to: str,
    language: str,
    name: str,
    email: str,
    organisation: str,
    words: str,
    key: str,
) -> bool:
    """Somebody asks about a practice; answering the mail answers the asker."""
    text = text_for(practice.texts.all(), language, practice.original_language)
    return queue(
        "practices/question",
        to=to,
        language=language,
        context={
            "title": text.title if text else practice.slug,
            "url": practice.url_in(language),
            "name": name,
            "email": email,
            "organisation": organisation,
            "question": words,
            "reply_to": email,
        },
        dedupe_key=key,
        about=f"practice:{practice.pk}",
        allowance=NAMED,
    )
