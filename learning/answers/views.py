"""Where the next version of an answer is written, and what stood before it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.answers import writing
from learning.answers.difference import difference
from learning.answers.forms import AnswerForm, TranslationForm
from learning.answers.models import AnswerVersion
from learning.answers.reading import told
from learning.questions import carried, ways
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from partners.organisations.models import Organisation

SHOWN = 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The next version; where somebody else wrote one meanwhile both are shown and these words stay in the form."""
    found = ways.answered(request, slug)
    last = writing.current(found)
    form, others = _form(request, found, last), None
    if form.is_valid():
        try:
            made = writing.write(
                found, form.draft(ways.language()), was=form.cleaned_data["was"], by=ways.signed_in(request)
            )
        except NotPossibleError as refused:
            form.add_error(None, str(refused))
        except writing.ChangedError as changed:
            others = changed.version
            form = _form(request, found, others, upon=others)
            form.add_error(None, _said(others))
        else:
            messages.success(request, _saved(made))
            return redirect(found.get_absolute_url())
    facts = _about(found) | {"form": form, "last": told(last, ways.language()) if last else None}
    if others:
        stands = told(others, ways.language())
        typed = str(form["text"].value() or "")
        facts |= {"others": stands, "pieces": difference(stands.text, typed)}
    return render(request, "learning/answers/write.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The version that stands, in one more language of the portal."""
    found = ways.answered(request, slug)
    last = writing.current(found)
    if last is None or language not in dict(settings.LANGUAGES):
        raise Http404
    form = TranslationForm(request.POST if request.method == "POST" else None, version=last)
    if form.is_valid():
        try:
            is_new = writing.add_language(last, form.words, language=language, by=ways.signed_in(request))
        except NotPossibleError as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("It is saved.") if is_new else gettext("This version is there in that language already.")
            messages.success(request, said)
            return redirect("learning:keep", slug=slug)
    facts = _about(found) | {"form": form, "last": told(last, ways.language()), "language": language}
    return render(request, "learning/answers/translate.html", facts, status=422 if form.errors else 200)


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of the answer, the last one first."""
    found = ways.public(slug)
    versions = AnswerVersion.objects.filter(question=found).with_words().with_evidence()
    page = Paginator(versions.select_related("by").order_by("-number"), SHOWN).get_page(request.GET.get("page"))
    shown = [told(version, ways.language()) for version in page]
    return render(request, "learning/answers/history.html", _about(found) | {"page_obj": page, "versions": shown})


def _form(
    request: HttpRequest, found: Question, last: AnswerVersion | None, *, upon: AnswerVersion | None = None
) -> AnswerForm:
    """`upon`: after somebody else's version was told. Sent once more, these words become the one after it."""
    user = ways.signed_in(request)
    # Its name stays on a public page: nobody invents one by proposing it for the directory.
    own = Organisation.objects.public().filter(memberships__user=user).order_by("name", "pk")
    initial: dict[str, Any] = {"events": _chosen(request, found)}
    if last:
        text = last.text_in(ways.language())
        initial |= {"text": text.text if text else "", "confidence": last.confidence}
    posted: Any = request.POST if request.method == "POST" else None
    if upon:
        posted = posted.copy()
        posted["was"] = carried.signed(upon.number, found)
    return AnswerForm(posted, question=found, last=last, organisations=own, initial=initial)


def _chosen(request: HttpRequest, found: Question) -> list[int]:
    """The event that a mail asks about."""
    try:
        uid = UUID(request.GET.get("event", ""))
    except ValueError:
        return []
    return list(found.events.filter(uid=uid).values_list("pk", flat=True))


def _about(found: Question) -> dict[str, Any]:
    return {"question": found, "text": found.text_in(ways.language()), "crumbs": ways.crumbs(found)}


def _said(others: AnswerVersion | None) -> str:
    person = others.by.get_full_name() if others and others.by else ""
    said = gettext(
        "Somebody wrote another version while you were writing (%(person)s). Nothing was saved and nothing of yours is "
        "lost: compare the two below, say what changes, and send yours as the next version."
    )
    return said % {"person": person or gettext("somebody")}


def _saved(made: AnswerVersion | None) -> str:
    if made is None:
        return gettext("That is the version that was there last. Nothing was added.")
    return gettext("Version %(number)d is saved. Who follows the question hears of it.") % {"number": made.number}
