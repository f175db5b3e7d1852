"""What search engines read about a question (schema.org)."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString

from hub.pages.structured_data import json_ld, part
from learning.agenda.page import QuestionPage


def question_data(page: QuestionPage) -> SafeString:
    """Question with the answer that counts and the ones before it."""
    url = urljoin(settings.SITE_URL, page.question.get_absolute_url())
    answers = [
        part(
            "Answer",
            text=each.text,
            dateCreated=each.at.date(),
            inLanguage=each.language or page.language,
            url=url,
            version=str(each.number),
        )
        for each in ([page.answer] if page.answer else []) + page.earlier
    ]
    return json_ld(
        "Question",
        **{"@id": url},
        url=url,
        name=page.text.words,
        text=page.text.why,
        inLanguage=page.text.language,
        dateCreated=page.question.proposed_at.date(),
        answerCount=len(answers[:1]),
        acceptedAnswer=answers[0] if answers else None,
        suggestedAnswer=answers[1:],
        about=[part("DefinedTerm", name=str(term)) for term in [*page.themes, *page.targets]],
        author=part("Organization", name=page.owner_organisation.name) if page.owner_organisation else None,
    )
