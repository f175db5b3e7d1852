"""Where an organisation votes, and what came of the rounds that are over."""

from copy import copy
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.questions import carried, ways
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.voting import casting, results, rounds
from learning.voting.models import MOST, Round
from partners.organisations.models import Organisation

SHOWN = 50
# So many questions stand on the form at most; the agenda of a centre has a few dozen.
MOST_SHOWN = 200


class _Questions(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        text = obj.text_in(ways.language())
        return text.words if text else obj.slug


class VoteForm(forms.Form):
    """Which questions matter most, and the vote that the page showed."""

    use_required_attribute = False

    questions = _Questions(
        queryset=Question.objects.none(),
        label=_("Which questions matter most to your organisation?"),
        help_text=_("Three at most. None: your organisation does not choose."),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices--long"}),
    )
    was = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: Any, round_: Round, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._of = round_, organisation
        offered = Question.objects.unsettled().with_words().order_by("-decided_at", "-pk")
        keys = list(offered.values_list("pk", flat=True)[:MOST_SHOWN])
        self.fields["questions"].queryset = offered.filter(pk__in=keys)  # type: ignore[attr-defined]  # a choice

    def clean_questions(self) -> list[Question]:
        chosen = list(self.cleaned_data["questions"])
        if len(chosen) > MOST:
            raise ValidationError(gettext("Choose three questions at most."))
        return chosen

    def clean_was(self) -> int:
        number = carried.unsigned(self.cleaned_data["was"], *self._of)
        if number is None:
            raise ValidationError(gettext("This form is out of date. Open the page again."))
        return number

    def show_again(self, was: str) -> None:
        """After a colleague's vote was told: sent once more, this one takes its place."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["was"] = was
        self.data = typed


@never_cache
@login_required
@require_safe
def vote(request: HttpRequest) -> HttpResponse:
    """For which organisation; who acts for one only is led on."""
    own, round_ = casting.may_vote_for(ways.signed_in(request)), rounds.open_now()
    if round_ and len(own) == 1:
        return redirect("learning:vote_for", slug=own[0].slug)
    facts = {"round": round_, "organisations": own, "crumbs": ways.crumbs()}
    return render(request, "learning/voting/choose.html", facts)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vote_for(request: HttpRequest, slug: str) -> HttpResponse:
    """The vote of one organisation; its people may change it until the round is closed."""
    user = ways.signed_in(request)
    organisation = get_object_or_404(Organisation.objects.public().filter(memberships__user=user), slug=slug)
    round_ = rounds.open_now()
    if round_ is None:
        return _closed(request, status=409 if request.method == "POST" else 200)
    stands = casting.vote_of(round_, organisation)
    initial = {
        "questions": [choice.question_id for choice in stands.choices.all()] if stands else [],
        "was": carried.signed(stands.number if stands else 0, round_, organisation),
    }
    posted = request.POST if request.method == "POST" else None
    form = VoteForm(posted, initial=initial, round_=round_, organisation=organisation)
    if form.is_valid():
        said = form.cleaned_data
        try:
            casting.cast(round_, organisation=organisation, questions=said["questions"], by=user, was=said["was"])
        except casting.ClosedError:
            return _closed(request, status=409)
        except NotPossibleError as refused:
            form.add_error(None, str(refused))
        except casting.ChangedError as changed:
            stands = casting.vote_of(round_, organisation)
            form.add_error(None, _told_of_change(changed))
            form.show_again(carried.signed(changed.vote.number, round_, organisation))
        else:
            messages.success(request, gettext("Your organisation has voted. You can change it until the round ends."))
            return redirect("learning:vote_for", slug=slug)
    facts = {
        "round": round_,
        "organisation": organisation,
        "stands": stands,
        "chosen": _chosen(stands),
        "form": form,
        "crumbs": ways.crumbs(),
    }
    return render(request, "learning/voting/vote.html", facts, status=422 if form.errors else 200)


@require_safe
def outcome(request: HttpRequest) -> HttpResponse:
    """What organisations found most important, in the last round that is over or the one that was asked for."""
    over = Round.objects.over()
    asked = request.GET.get("round", "")
    round_ = over.filter(pk=asked).first() if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    round_ = round_ or over.first()
    rows: Any = results.ranking(round_) if round_ else []
    page: Any = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    voted = results.turnout([round_]).get(round_.pk, 0) if round_ else 0
    facts = {
        "round": round_,
        "voted": voted,
        "page_obj": page,
        "rows": [(question, question.text_in(ways.language()), question.votes) for question in page],
        "others": over.exclude(pk=round_.pk)[:20] if round_ else [],
        "open": rounds.open_now(),
        "crumbs": ways.crumbs(),
    }
    return render(request, "learning/voting/outcome.html", facts)


def _chosen(stands: Any) -> list[str]:
    """What a vote names, in the reader's language."""
    if stands is None:
        return []
    keys = [choice.question_id for choice in stands.choices.all()]
    found = Question.objects.with_words().in_bulk(keys)
    texts = [found[key].text_in(ways.language()) for key in keys if key in found]
    return [text.words for text in texts if text]


def _told_of_change(changed: casting.ChangedError) -> str:
    person = changed.vote.by.get_full_name() if changed.vote.by else ""
    said = gettext(
        "%(person)s voted for your organisation while you were choosing. Nothing was changed: what stands now is "
        "below. Send yours again and it takes its place."
    )
    return said % {"person": person or gettext("A colleague")}


def _closed(request: HttpRequest, *, status: int) -> HttpResponse:
    facts = {"crumbs": ways.crumbs(), "results_url": reverse("learning:outcome")}
    return render(request, "learning/voting/closed.html", facts, status=status)
