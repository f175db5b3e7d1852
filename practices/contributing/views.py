"""The pages on which somebody describes a practice, step by step, and sends it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.public_forms.throttling import allow
from accounts.users.models import User
from hub.open_data.licence import LICENCE
from hub.vocabularies.models import Term
from practices.contributing import submission as verbs
from practices.contributing.forms import CONSENT_WORDING, ButtonsForm, LanguageForm, SendForm
from practices.contributing.rules import organisations_of
from practices.contributing.step_form import StepForm, stamp, stamp_of
from practices.contributing.steps import FILES_STEP, STEPS
from practices.submissions import files as files
from practices.submissions.draft_from_submission import UnfitError
from practices.submissions.models import Submission

HOUR = 3600
STARTS_PER_HOUR, SAVES_PER_HOUR = 20, 300


def signed_in(request: HttpRequest) -> User:
    """Who asks, behind `login_required`."""
    return cast(User, request.user)


def own(request: HttpRequest, uuid: UUID) -> Submission:
    """This person's submission; nobody else's is found."""
    found = Submission.objects.of(signed_in(request)).select_related("user", "practice__owner")
    return get_object_or_404(found, uuid=uuid)


def may(request: HttpRequest, scope: str, limit: int) -> bool:
    """Whether this person may do this once more within the hour."""
    return allow(f"practices/{scope}", str(signed_in(request).pk), limit=limit, per=HOUR)


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    """The library, the submissions, and what follows."""
    return [
        {"title": _("Practices"), "url": reverse("practices:library")},
        {"title": _("My practices"), "url": reverse("practices:submissions")},
        *more,
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """What is asked and what happens then, for everybody; who is signed in can begin."""
    if request.method != "POST":
        return _submit_page(request, LanguageForm())
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("practices:submit"))
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _submit_page(request, form, status=422)
    if not may(request, "submit", STARTS_PER_HOUR):
        form.add_error(None, _("You began many practices just now. Please try again in an hour."))
        return _submit_page(request, form, status=429)
    try:
        begun = verbs.start(user=signed_in(request), language=form.cleaned_data["language"])
    except verbs.TooManyDraftsError:
        form.add_error(None, too_many_drafts())
        return _submit_page(request, form, status=409)
    return redirect("practices:submit_step", uuid=begun.uuid, number=1)


def too_many_drafts() -> str:
    """Said wherever somebody wants to begin one more."""
    return _("You have %(number)d drafts already. Send one or delete one first.") % {"number": verbs.MOST_DRAFTS}


def too_early() -> str:
    """Said about an update while another one waits for a decision."""
    return _("Something about this practice is under review already. You can send yours once that is decided.")


def _submit_page(request: HttpRequest, form: LanguageForm, *, status: int = 200) -> HttpResponse:
    drafts = Submission.objects.of(signed_in(request)).drafts() if request.user.is_authenticated else []
    facts = {
        "form": form,
        "drafts": drafts,
        "steps": [step.heading for step in STEPS],
        "criteria": Term.objects.of("criterion"),
        "most_files": files.MOST_FILES,
        "licence": LICENCE,
        "crumbs": crumbs()[:1],
    }
    return render(request, "practices/submit.html", facts, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One page of questions; what is saved may be incomplete, what is wrong is not saved."""
    submission = own(request, uuid)
    if not 1 <= number <= len(STEPS):
        raise Http404
    if not submission.is_editable:
        return redirect("practices:submission", uuid=uuid)
    buttons = ButtonsForm(request.POST if request.method == "POST" else request.GET).pressed()
    owners = organisations_of(submission.user, submission.practice)
    kind = STEPS[number - 1]
    if request.method != "POST":
        form = kind(initial=kind.from_answers(submission.answers), submission=submission, organisations=owners)
        return _step_page(request, number, form, buttons)
    form = kind(request.POST, submission=submission, organisations=owners)
    if not form.is_valid():
        return _step_page(request, number, form, buttons, status=422)
    return _save(request, number, form, buttons)


def _save(request: HttpRequest, number: int, form: StepForm, buttons: dict[str, Any]) -> HttpResponse:
    submission = form.submission
    if not may(request, "save", SAVES_PER_HOUR):
        form.add_error(None, _("You saved very often just now. Nothing is lost on this page: try again in an hour."))
        return _step_page(request, number, form, buttons, status=429)
    try:
        verbs.save_step(submission, number=number, answers=form.to_answers(), seen=buttons["seen"] or "")
    except verbs.NotEditableError:
        return redirect("practices:submission", uuid=submission.uuid)
    except verbs.ChangedElsewhereError:
        submission.refresh_from_db(fields=["answers"])
        return _step_page(request, number, form, buttons | {"seen": ""}, is_changed=True, status=409)
    here = reverse("practices:submit_step", args=[submission.uuid, number])
    if buttons["more"]:
        return redirect(f"{here}{'?check=1' if buttons['check'] else ''}")
    if buttons["later"]:
        messages.success(request, _("Your draft is saved."))
        return redirect("practices:submissions")
    if buttons["check"]:
        return redirect("practices:submit_check", uuid=submission.uuid)
    if number == len(STEPS):
        return redirect("practices:submit_files", uuid=submission.uuid)
    return redirect("practices:submit_step", uuid=submission.uuid, number=number + 1)


def _step_page(
    request: HttpRequest,
    number: int,
    form: StepForm,
    buttons: dict[str, Any],
    *,
    is_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    submission = form.submission
    facts = {
        "form": form,
        # Sending the same page again keeps the stamp that it was made with; after a clash it gets the new one.
        "seen": buttons["seen"] or stamp_of(type(form), submission),
        "check": buttons["check"],
        "is_changed": is_changed,
        "saved": type(form)(
            type(form).from_answers(submission.answers), submission=submission, organisations=form.organisations
        ).shown()
        if is_changed
        else [],
    }
    return render(request, "practices/submit_step.html", around(submission, number) | facts, status=status)


def around(submission: Submission, number: int) -> dict[str, Any]:
    """What the pages of all steps show: which there are, which is this, and what those that were saved still lack."""
    headings = [*(each.heading for each in STEPS), _("Files")]
    steps = [
        {"heading": each.heading, "was_saved": each.was_saved, "lacks": len(each.lacking())}
        for each in verbs.steps_of(submission)
    ]
    return {
        "submission": submission,
        "number": number,
        "headings": headings,
        "steps": [*steps, {"heading": headings[-1]}],
        "heading": headings[number - 1],
        "crumbs": crumbs(),
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All answers on one page, what is missing, and the button that sends them."""
    submission = own(request, uuid)
    if not submission.is_editable:
        return redirect("practices:submission", uuid=uuid)
    asked = submission.status == Submission.Status.QUESTIONS
    if request.method != "POST":
        return _check_page(request, submission, SendForm(asked=asked))
    form = SendForm(request.POST, asked=asked)
    if not verbs.is_complete(submission):
        form.add_error(None, _("Some answers are missing or wrong; they are named below."))
    if not form.is_valid():
        return _check_page(request, submission, form, status=422)
    if problem := _send(submission, form):
        submission.refresh_from_db()
        form.add_error(None, problem)
        return _check_page(request, submission, form, status=409)
    return redirect("practices:submission", uuid=uuid)


def _send(submission: Submission, form: SendForm) -> str:
    """Send it; what stands in the way, in words."""
    try:
        verbs.send(
            submission,
            seen=form.cleaned_data["seen"],
            consent_wording=str(CONSENT_WORDING),
            reply=form.cleaned_data.get("reply", ""),
        )
    except verbs.ChangedElsewhereError:
        return _("These answers were changed in another window since you opened this page. Look through them again.")
    except verbs.BusyError:
        return too_early()
    except verbs.IncompleteError:
        return _("You have not changed anything yet.")
    except verbs.NotEditableError:
        return _("This was withdrawn or decided meanwhile.")
    except UnfitError as error:
        return " ".join(error.messages)
    return ""


def told(submission: Submission) -> list[dict[str, Any]]:
    """All questions with their answers in words, step by step; of an update also which answers it changes."""
    new = verbs.changed(submission) if submission.base else set()
    return [
        {
            "number": number,
            "heading": each.heading,
            "missing": each.lacking(),
            "rows": [
                (bound, words, bound.name in new, "" if hasattr(bound.field, "choices") else submission.language)
                for bound, words in each.shown()
            ],
        }
        for number, each in enumerate(verbs.steps_of(submission), start=1)
    ]


def _check_page(request: HttpRequest, submission: Submission, form: SendForm, *, status: int = 200) -> HttpResponse:
    rows, practice = told(submission), submission.practice
    facts = {
        "submission": submission,
        "form": form,
        "steps": rows,
        "too_early": too_early() if submission.is_draft and practice and practice.awaits_decision else "",
        "is_complete": not any(row["missing"] for row in rows),
        "seen": stamp(submission.answers),
        "question": submission.events.filter(what="question").last(),
        "files": submission.files.all(),
        "files_step": FILES_STEP,
        "crumbs": crumbs(),
    }
    return render(request, "practices/submit_check.html", facts, status=status)
