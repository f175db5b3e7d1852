"""Deciding about a question, or correcting an answer, shows first how many hear and what they will read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import CreateView

from calls.moving import emails
from calls.questions import answering
from calls.questions.answering import Telling
from calls.questions.models import Question
from hub.changes.screens import BACK, CONFIRM, Preview
from hub.facts.views import FactEditView

TELL, QUIET = "tell", "quiet"
_TITLES = {
    answering.ANSWERED: _("Answer a question: look once more"),
    answering.REFUSED: _("Refuse a question: look once more"),
    answering.CORRECTED: _("Correct an answer: tell people by mail?"),
}


class PreviewMixin:
    """A valid form is saved once somebody has seen what it tells; until then all of it is carried along."""

    request: HttpRequest
    produced_error_message: str | None

    def form_valid(self, form: Any) -> HttpResponse:
        if BACK in self.request.POST:
            self.produced_error_message = None
            return self.form_invalid(form)  # type: ignore[attr-defined]  # Wagtail's views carry no types
        planned = answering.would_tell(form.instance)
        choices = {TELL, QUIET} if planned and planned.kind == answering.CORRECTED else {TELL}
        chosen = self.request.POST.get(CONFIRM)
        if planned and chosen not in choices:
            return self._preview(form, planned)
        form.tells_correction = planned is not None and planned.kind == answering.CORRECTED and chosen == TELL
        return super().form_valid(form)  # type: ignore[misc]

    def _preview(self, form: Any, planned: Telling) -> HttpResponse:
        leave_out = {"csrfmiddlewaretoken", CONFIRM, BACK}
        question: Question = form.instance
        facts = {
            "title": _TITLES[planned.kind],
            "subject": question.call,
            "receivers": len(planned.receivers),
            "is_correction": planned.kind == answering.CORRECTED,
            "typed": [(name, each) for name in form.data if name not in leave_out for each in form.data.getlist(name)],
            "previews": [
                Preview(
                    code,
                    emails.preview(planned.kind, {"question": question}, call=question.call, language=code),
                )
                for code in _languages(question, planned)
            ],
        }
        return render(self.request, "calls/admin/question_preview.html", facts)


def _languages(question: Question, planned: Telling) -> list[str]:
    """Those in which somebody gets it; where nobody does, the one that it was asked in."""
    read = {receiver.language for receiver in planned.receivers} or {question.language}
    known = [code for code, _name in settings.LANGUAGES]
    return [code for code in known if code in read] or known[:1]


class QuestionCreateView(PreviewMixin, CreateView):
    """A question that came in another way."""


class QuestionEditView(PreviewMixin, FactEditView):
    """A question with its answer."""
