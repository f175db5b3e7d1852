"""How pages about a question are found, who is let in, and where they lead back to."""

from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext

from accounts.users.models import User
from learning.questions.models import Question
from learning.questions.rules import may_answer, may_keep


def language() -> str:
    """The reader's."""
    return get_language() or settings.LANGUAGE_CODE


def crumbs(question: Question | None = None) -> list[dict[str, str]]:
    """The agenda, and the question where it is one's page."""
    way = [{"title": gettext("Learning agenda"), "url": reverse("learning:questions")}]
    if question:
        text = question.text_in(language())
        foreign = text.language if text and text.language != language() else ""
        way.append({"title": text.words if text else "", "url": question.get_absolute_url(), "language": foreign})
    return way


def public(slug: str) -> Question:
    """The question of this name that visitors see; else there is none."""
    found = Question.objects.public().with_words().select_related("owner_person", "owner_organisation")
    return get_object_or_404(found, slug=slug)


def kept(request: HttpRequest, slug: str) -> Question:
    """The same for who keeps it; others are refused."""
    return _for(request, public(slug), may_keep)


def answered(request: HttpRequest, slug: str) -> Question:
    """The same for who may write its answer."""
    return _for(request, public(slug), may_answer)


def signed_in(request: HttpRequest) -> User:
    """Who asks; for views that only people who are signed in reach."""
    return cast(User, request.user)


def _for(request: HttpRequest, question: Question, may: Any) -> Question:
    if not may(request.user, question):
        raise PermissionDenied
    return question
