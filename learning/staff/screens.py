"""Where staff decide about what was proposed and told, and open and close rounds of votes."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from accounts.records import lists
from accounts.users.models import User
from hub.changes.headers import header
from hub.dates.brussels import BrusselsDateTimeField
from learning.experience import sharing
from learning.experience.models import Experience
from learning.questions import proposing, ways
from learning.questions.models import Question
from learning.questions.rules import is_staff
from learning.voting import results, rounds
from learning.voting.models import Round

ROUNDS_SHOWN = 50


class DecisionForm(forms.Form):
    """Yes; or no with a reason, for who wrote it."""

    # The state in which it was read: what a colleague decided since is not turned round by accident.
    seen = forms.CharField(max_length=20, widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = forms.CharField(
        label=_("Reason, if it is declined"),
        help_text=_("Who wrote it reads it in a mail, in the language you write here."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "no" and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why: who wrote it reads it."))
        return cleaned


class RoundForm(forms.Form):
    """Until when organisations vote."""

    until = BrusselsDateTimeField(label=_("Organisations vote until"), help_text=_("Brussels time."))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question as it was written; what was proposed is accepted or declined here."""
    user = _staff(request)
    found = get_object_or_404(Question.objects.with_words().select_related("proposed_by"), pk=pk)
    form = _form(request, found.state)
    if form.is_valid():
        _say(request, is_new=_decided_question(found, form.cleaned_data, by=user))
        return redirect(lists.url(Question))
    facts = {
        **header(gettext("Question"), (gettext("Questions"), lists.url(Question)), icon="help", of=str(found)),
        "question": found,
        "texts": list(found.texts.all()),
        "form": form,
        "can_accept": not found.is_public,
        "can_decline": found.state == Question.State.PROPOSED,
        "back_url": lists.url(Question),
    }
    return render(request, "learning/admin/question.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def experience(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody told, and whether it stands on the page."""
    user = _staff(request)
    found = get_object_or_404(Experience.objects.select_related("question", "organisation", "by"), pk=pk)
    form = _form(request, found.state)
    if form.is_valid():
        _say(request, is_new=_decided_experience(found, form.cleaned_data, by=user))
        return redirect(lists.url(Experience))
    facts = {
        **header(gettext("Experience"), (gettext("Experiences"), lists.url(Experience)), icon="comment", of=str(found)),
        "experience": found,
        "form": form,
        "can_accept": found.state != Experience.State.SHOWN,
        "can_decline": found.state != Experience.State.DECLINED,
        "back_url": lists.url(Experience),
    }
    return render(request, "learning/admin/experience.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def rounds_of_votes(request: HttpRequest) -> HttpResponse:
    """Open a round, and see those that were."""
    user = _staff(request)
    form = RoundForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rounds.open_round(until=form.cleaned_data["until"], by=user)
        except rounds.OpenError:
            # While one is open the page has no form that could say so.
            messages.error(request, gettext("A round is open already. Close it first."))
            return redirect("learning_admin_rounds")
        except rounds.PastError:
            form.add_error("until", gettext("This lies in the past. Choose a moment that comes."))
        except rounds.FarError:
            form.add_error("until", gettext("A round lasts a year at most."))
        else:
            messages.success(request, gettext("The round is open: organisations vote from now on."))
            return redirect("learning_admin_rounds")
    shown = list(Round.objects.select_related("opened_by")[:ROUNDS_SHOWN])
    turnout, open_now = results.turnout(shown), rounds.open_now()
    facts = {
        **header(gettext("Votes"), (gettext("Rounds of votes"), lists.url(Round)), icon="tick-inverse"),
        "form": form,
        "rounds": [(each, turnout.get(each.pk, 0)) for each in shown],
        "open": open_now,
        "back_url": lists.url(Round),
    }
    return render(request, "learning/admin/rounds.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """No more votes; the results are shown, for good: so it is asked once more."""
    user, found = _staff(request), get_object_or_404(Round, pk=pk)
    if request.method != "POST":
        if found.closed_at:
            return redirect("learning_admin_rounds")
        rounds_url = reverse("learning_admin_rounds")
        facts = {
            **header(gettext("Close the round"), (gettext("Votes"), rounds_url), icon="tick-inverse"),
            "round": found,
            "voted": results.turnout([found]).get(found.pk, 0),
            "back_url": rounds_url,
        }
        return render(request, "learning/admin/close_round.html", facts)
    if rounds.close(found, by=user):
        messages.success(request, gettext("The round is closed: everybody sees the results."))
    else:
        messages.error(request, gettext("It was closed before."))
    return redirect("learning_admin_rounds")


def _form(request: HttpRequest, state: str) -> DecisionForm:
    return DecisionForm(request.POST if request.method == "POST" else None, initial={"seen": state})


@transaction.atomic
def _decided_question(question: Question, asked: dict[str, Any], *, by: User) -> bool:
    """Whether the decision holds; not where somebody else decided since it was read."""
    if proposing.held(question).state != (asked["seen"] or question.state):
        return False
    if asked["decision"] == "yes":
        return proposing.accept(question, by=by)
    return proposing.decline(question, reason=asked["reason"], language=ways.language(), by=by)


@transaction.atomic
def _decided_experience(experience: Experience, asked: dict[str, Any], *, by: User) -> bool:
    """The same for what somebody told."""
    if sharing.held(experience).state != (asked["seen"] or experience.state):
        return False
    if asked["decision"] == "yes":
        return sharing.show(experience, by=by)
    return sharing.decline(experience, reason=asked["reason"], by=by)


def _say(request: HttpRequest, *, is_new: bool) -> None:
    if is_new:
        messages.success(request, gettext("It is decided. Who wrote it hears by mail."))
    else:
        messages.error(request, gettext("Somebody decided that before."))


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not is_staff(request.user):
        raise PermissionDenied
    return request.user


urlpatterns: list[URLPattern] = [
    path("learning/questions/<int:pk>/", question, name="learning_admin_question"),
    path("learning/experiences/<int:pk>/", experience, name="learning_admin_experience"),
    path("learning/rounds/", rounds_of_votes, name="learning_admin_rounds"),
    path("learning/rounds/<int:pk>/close/", close_round, name="learning_admin_close_round"),
]
