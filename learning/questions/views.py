"""Where people propose a question, and where those who keep one say how it stands."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from events.agenda.models import Event
from learning.questions import keeping, proposing, ways
from learning.questions.forms import AsideForm, OwnerForm, PlanForm, ProposeForm, WordsForm
from learning.questions.models import Question
from learning.questions.rules import demand_staff, is_staff

# Of so many events that come next one can be chosen, besides those that are.
MOST_EVENTS = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A question for the agenda; the centre reads it first."""
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            proposing.propose(
                words=said["words"],
                why=said["why"],
                language=said["language"],
                terms=said["themes"],
                by=ways.signed_in(request),
            )
        except proposing.TooManyError:
            told = gettext("So many of your questions wait for the centre already. Nothing is lost: try again later.")
            form.add_error(None, told)
        else:
            thanks = gettext("Thank you. The centre reads your question, and you hear by mail what becomes of it.")
            messages.success(request, thanks)
            return redirect("learning:questions")
    return _page(request, "learning/questions/propose.html", form, crumbs=ways.crumbs())


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Next step, dates and what belongs to a question, for those who keep it; the way to everything else of it."""
    found = ways.kept(request, slug)
    form = _plan_form(request, found)
    if form.is_valid():
        try:
            keeping.plan(
                found,
                _facts(form),
                language=ways.language(),
                by=ways.signed_in(request),
                was=form.cleaned_data["seen"],
            )
        except keeping.ChangedError:
            _told_of_change(form)
        else:
            messages.success(request, gettext("It is saved."))
            return redirect("learning:keep", slug=slug)
    return _page(request, "learning/questions/keep.html", form, **_around(request, found))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """The question and why it matters, in each language."""
    found = ways.kept(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = WordsForm(posted, question=found, initial={"seen": keeping.seen(found)})
    if form.is_valid():
        try:
            keeping.say(found, form.texts, by=ways.signed_in(request), was=form.cleaned_data["seen"])
        except keeping.ChangedError:
            _told_of_change(form)
        else:
            messages.success(request, gettext("It is saved."))
            return redirect("learning:keep", slug=slug)
    return _page(request, "learning/questions/words.html", form, **_about(found))


@never_cache
@login_required
@require_POST
def move(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """Open, or being worked on."""
    found = ways.kept(request, slug)
    verb = {"open": keeping.reopen, "working": keeping.work_on}.get(state)
    if verb is None:
        raise PermissionDenied
    try:
        verb(found, by=ways.signed_in(request))
    except keeping.NotPossibleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("It is saved."))
    return redirect("learning:keep", slug=slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Nobody works on it for now, and why."""
    found = ways.kept(request, slug)
    form = AsideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            keeping.set_aside(found, note=said["note"], language=said["language"], by=ways.signed_in(request))
        except keeping.NotPossibleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("It is set aside."))
            return redirect("learning:keep", slug=slug)
    return _page(request, "learning/questions/set_aside.html", form, **_about(found))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, slug: str) -> HttpResponse:
    """Who answers for it: the centre says so."""
    found = ways.kept(request, slug)
    demand_staff(request.user)
    person, organisation = found.owner_person, found.owner_organisation
    stands = {"email": person.email if person else "", "organisation": organisation.name if organisation else ""}
    form = OwnerForm(request.POST if request.method == "POST" else None, initial=stands)
    if form.is_valid():
        said = form.cleaned_data
        try:
            keeping.entrust(found, person=said["email"], organisation=said["organisation"], by=ways.signed_in(request))
        except keeping.NotPossibleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("It is saved. Who owns the question hears by mail."))
            return redirect("learning:keep", slug=slug)
    return _page(request, "learning/questions/owner.html", form, **_about(found))


@never_cache
@login_required
@require_POST
def own(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """Take a question of one's organisation on in person, or give it back."""
    found = ways.kept(request, slug)
    verb = {"take": keeping.take_on, "back": keeping.give_back}.get(action)
    if verb is None:
        raise PermissionDenied
    try:
        verb(found, by=ways.signed_in(request))
    except keeping.NotPossibleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("It is saved."))
    # Who gave it back may not keep it any more.
    return redirect("learning:question", slug=slug)


def _plan_form(request: HttpRequest, found: Question) -> PlanForm:
    terms = list(found.terms.all())
    stands = {
        "next_step": keeping.in_words(found.next_step, ways.language()),
        "next_step_on": found.next_step_on,
        "review_due": found.review_due,
        "practices": "\n".join(each.url_in(ways.language()) for each in found.practices.order_by("pk")),
        "events": list(found.events.values_list("pk", flat=True)),
        "themes": [term.code for term in terms if term.vocabulary == "theme"],
        "targets": [term.code for term in terms if term.vocabulary == "target"],
        "seen": keeping.seen(found),
    }
    posted = request.POST if request.method == "POST" else None
    return PlanForm(posted, initial=stands, question=found, events=_events(found))


def _events(found: Question) -> Any:
    coming = Event.objects.public().upcoming().filter(cancelled_at=None).order_by("starts_at", "pk")
    keys = list(coming.values_list("pk", flat=True)[:MOST_EVENTS])
    return Event.objects.filter(Q(pk__in=keys) | Q(learning_questions=found)).distinct().order_by("starts_at", "pk")


def _facts(form: PlanForm) -> keeping.Facts:
    said = form.cleaned_data
    return keeping.Facts(
        next_step=said["next_step"],
        next_step_on=said["next_step_on"],
        review_due=said["review_due"],
        terms=[*said["themes"], *said["targets"]],
        practices=said["practices"],
        events=said["events"],
    )


def _told_of_change(form: Any) -> None:
    said = gettext(
        "Somebody changed this question while you were writing. Nothing of yours is lost: copy your words, open this "
        "page anew and put them in."
    )
    form.add_error(None, said)


def _about(found: Question) -> dict[str, Any]:
    text = found.text_in(ways.language())
    return {"question": found, "text": text, "crumbs": ways.crumbs(found)}


def _around(request: HttpRequest, found: Question) -> dict[str, Any]:
    moves = keeping.MOVES.get(found.state, ())
    user = ways.signed_in(request)
    return _about(found) | {
        "can_open": Question.State.OPEN in moves,
        "can_work": Question.State.WORKING in moves,
        "can_set_aside": Question.State.ASIDE in moves,
        "is_staff": is_staff(user),
        "responsible": keeping.responsible(found),
        "is_mine": found.owner_person_id == user.pk,
        "can_take": found.owner_organisation is not None
        and found.owner_person_id != user.pk
        and found.owner_organisation.memberships.filter(user=user).exists(),
        "missing": _missing_languages(found),
        "experts": found.experts.waiting()[:50],
        "named": found.experts.public()[:50],
    }


def _missing_languages(found: Question) -> list[str]:
    """Those of the portal in which the answer that counts is not there yet."""
    last = found.answer_versions.order_by("-number").first()
    if last is None:
        return []
    there = set(last.texts.values_list("language", flat=True))
    return [code for code, _name in settings.LANGUAGES if code not in there]


def _page(request: HttpRequest, template: str, form: Any, **facts: Any) -> HttpResponse:
    return render(request, template, {"form": form, **facts}, status=422 if form.errors else 200)
