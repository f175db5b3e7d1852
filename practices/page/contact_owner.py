"""A question about a practice finds its way to the mailbox of whoever answers for it."""

import hashlib

from django.conf import settings
from django.db import transaction

from practices.page import emails
from practices.practice.mailbox import mailbox
from practices.practice.models.practice import Practice


@transaction.atomic
def ask(practice: Practice, *, name: str, email: str, organisation: str, question: str, language: str) -> bool:
    """Pass the question on; the same question sent twice is one mail. False when it was passed on before."""
    to = mailbox(practice)
    if not to:
        return False
    digest = hashlib.sha256("\0".join([email.lower(), question]).encode()).hexdigest()[:32]
    return emails.question(
        practice,
        to=to,
        language=practice.original_language if practice.original_language in dict(settings.LANGUAGES) else language,
        name=name,
        email=email,
        organisation=organisation,
        words=question,
        key=f"practices/question:{practice.pk}:{digest}",
    )
