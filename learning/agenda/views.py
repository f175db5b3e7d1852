"""The list of questions and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hub.search.listing import render_listing
from learning.agenda.filters import Agenda, cards
from learning.agenda.page import open_page
from learning.agenda.structured_data import question_data
from learning.questions import ways
from learning.questions.rules import may_answer, may_keep
from learning.voting.rounds import open_now


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What the network wants to know; with htmx only the part that changes."""
    language = ways.language()
    asked = Agenda(request.GET, language)
    return render_listing(
        request,
        "learning",
        "questions",
        asked,
        heading=gettext("Learning agenda"),
        search_label=gettext("Search the questions"),
        agenda=asked,
        round=open_now(),
        cards=cards(asked.page, language),
    )


@require_safe
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: what is known, how that changed, and what happens next."""
    found = ways.public(slug)
    page = open_page(found, ways.language(), number=request.GET.get("page"))
    facts = {
        "page": page,
        "question": found,
        "crumbs": ways.crumbs(),
        "data": question_data(page),
        "can_keep": may_keep(request.user, found),
        "can_answer": may_answer(request.user, found) and found.is_unsettled,
    }
    return render(request, "learning/question.html", facts)
