"""The mail that asks an owner whether a practice is still as its page says."""

from datetime import date

from notifications.outbox.outbox import queue
from practices.practice.models.practice import Practice
from practices.practice.presentation import text_for


def confirmation_request(
    practice: Practice, *, to: str, language: str, known_on: date, confirm_url: str, is_second: bool, key: str
) -> bool:
    """Is it still as the page says?"""
    text = text_for(practice.texts.all(), language, practice.original_language)
    return queue(
        "practices/reconfirm",
        to=to,
        language=language,
        context={
            "title": text.title if text else practice.slug,
            "url": practice.url_in(language),
            "known_on": known_on.isoformat(),
            "confirm_url": confirm_url,
            "is_second": is_second,
        },
        dedupe_key=key,
        about=f"practice:{practice.pk}",
    )
