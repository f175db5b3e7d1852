"""Where a question stands and who answers for it: by whom, and what happens when they leave."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from learning.questions import keeping, ways
from learning.questions.keeping import ChangedError, Facts, NotPossibleError
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError, may_answer, may_keep
from notifications.outbox.models import Message
from practices.practice.models.practice import Practice
from tests.factories import learning as make
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def plan(asked: Question, by: User, *, was: str | None = None, step: str = "Ask four cities") -> None:
    soon = timezone.localdate() + timedelta(days=30)
    facts = Facts(next_step=step, next_step_on=soon, review_due=soon, terms=[], practices=[], events=[])
    keeping.plan(asked, facts, language="en", by=by, was=was)


VERBS: list[Callable[[Question, User], object]] = [
    lambda asked, by: keeping.work_on(asked, by=by),
    lambda asked, by: keeping.set_aside(asked, note="Nobody has time.", language="en", by=by),
    plan,
    lambda asked, by: keeping.say(asked, {"en": ("What now?", "It matters.")}, by=by),
]


@pytest.mark.parametrize("verb", VERBS)
def test_who_keeps_it_says_how_it_stands_and_nobody_else(
    verb: Callable[[Question, User], object], editor_user: User, other_user: User
) -> None:
    asked = make.question()
    member = make.owner_of(asked)
    with pytest.raises(NotAllowedError):
        verb(asked, other_user)
    verb(asked, member)


def test_the_centre_keeps_every_question(editor_user: User) -> None:
    asked = make.question()
    for verb in VERBS:
        verb(asked, editor_user)
        Question.objects.filter(pk=asked.pk).update(state="open", state_note="")


def test_organisers_of_its_events_may_answer_and_not_keep() -> None:
    organiser, event = UserFactory.create(), EventFactory.create()
    event.organisers.add(organiser)
    event.save()
    asked = make.question()
    assert not may_answer(organiser, asked)
    asked.events.add(event)
    assert may_answer(organiser, asked)
    assert not may_keep(organiser, asked)


@pytest.mark.parametrize(
    ("state", "to", "moves"),
    [
        ("open", "working", True),
        ("open", "answered", False),
        ("answered", "open", False),
        ("answered", "working", True),
        ("aside", "open", True),
        ("proposed", "open", False),
        ("declined", "open", False),
    ],
)
def test_it_moves_as_the_table_says(state: str, to: str, moves: bool, editor_user: User) -> None:
    asked = make.question()
    note = '{"en": "Later."}' if state in {"aside", "declined"} else ""
    Question.objects.filter(pk=asked.pk).update(state=state, state_note=note)
    asked.refresh_from_db()
    if moves:
        assert keeping.move(asked, to=to, by=editor_user)
        assert not keeping.move(asked, to=to, by=editor_user)
    else:
        with pytest.raises(NotPossibleError):
            keeping.move(asked, to=to, by=editor_user)
    asked.refresh_from_db()
    assert (asked.state == to) is moves


def test_set_aside_it_says_why_and_opened_again_it_does_not(editor_user: User) -> None:
    asked = make.question()
    with pytest.raises(NotPossibleError):
        keeping.set_aside(asked, note=" ", language="en", by=editor_user)
    keeping.set_aside(asked, note="Nobody has time.", language="en", by=editor_user)
    asked.refresh_from_db()
    assert str(asked.state_note) == "Nobody has time."
    keeping.reopen(asked, by=editor_user)
    asked.refresh_from_db()
    assert not asked.state_note


def test_nobody_overwrites_unseen_what_somebody_else_planned(editor_user: User) -> None:
    asked = make.question()
    was = keeping.seen(asked)
    plan(asked, editor_user, was=was)
    with pytest.raises(ChangedError):
        plan(asked, editor_user, was=was, step="Something else")
    asked.refresh_from_db()
    assert str(asked.next_step) == "Ask four cities"


def test_what_belongs_to_it_is_linked(editor_user: User) -> None:
    asked, practice, event = make.question(), PracticeFactory.create(), EventFactory.create()
    facts = Facts("", None, None, [], [practice], [event])
    keeping.plan(asked, facts, language="en", by=editor_user)
    assert (list(asked.practices.all()), list(asked.events.all())) == ([practice], [event])


def test_the_words_of_the_original_language_may_go_to_another(editor_user: User) -> None:
    asked = make.question()
    keeping.say(asked, {"en": ("", ""), "nl": ("Wat nu?", "Daarom.")}, by=editor_user)
    asked.refresh_from_db()
    assert asked.original_language == "nl"
    assert list(asked.texts.values_list("language", flat=True)) == ["nl"]
    with pytest.raises(NotPossibleError):
        keeping.say(asked, {"nl": ("", "")}, by=editor_user)


def test_entrusted_the_person_hears_and_only_for_an_organisation_of_theirs(editor_user: User) -> None:
    asked, member = make.question(), MembershipFactory.create(user=UserFactory.create())
    stranger = OrganisationFactory.create()
    with pytest.raises(NotPossibleError):
        keeping.entrust(asked, person=member.user, organisation=stranger, by=editor_user)
    keeping.entrust(asked, person=member.user, organisation=member.organisation, by=editor_user)
    keeping.entrust(asked, person=member.user, organisation=member.organisation, by=editor_user)
    assert [mail.to_email for mail in Message.objects.filter(kind="learning/entrusted")] == [member.user.email]
    with pytest.raises(NotAllowedError):
        keeping.entrust(asked, person=None, organisation=None, by=member.user)


def test_when_the_person_leaves_it_is_the_organisations_then_the_centres(editor_user: User) -> None:
    asked, member = make.question(), MembershipFactory.create(user=UserFactory.create())
    colleague = MembershipFactory.create(organisation=member.organisation, user=UserFactory.create())
    keeping.entrust(asked, person=member.user, organisation=member.organisation, by=editor_user)
    asked = Question.objects.get(pk=asked.pk)
    assert keeping.responsible(asked) == member.user
    member.delete()
    assert keeping.responsible(asked) is None
    assert not may_keep(member.user, asked)
    assert may_keep(colleague.user, asked)
    assert not Question.objects.without_owner().exists()
    colleague.delete()
    assert list(Question.objects.without_owner()) == [asked]


def test_a_person_of_no_organisation_leaves_it_to_the_centre(editor_user: User, other_user: User) -> None:
    asked = make.question()
    keeping.entrust(asked, person=other_user, organisation=None, by=editor_user)
    asked = Question.objects.get(pk=asked.pk)
    assert may_keep(other_user, asked)
    assert keeping.give_back(asked, by=other_user)
    assert not keeping.give_back(asked, by=other_user)
    assert list(Question.objects.without_owner()) == [asked]


def test_somebody_of_the_organisation_takes_it_on(editor_user: User) -> None:
    asked = make.question()
    member = make.owner_of(asked)
    assert keeping.take_on(asked, by=member)
    assert keeping.responsible(Question.objects.get(pk=asked.pk)) == member
    with pytest.raises(NotPossibleError):
        keeping.take_on(asked, by=editor_user)


def test_a_practice_that_is_not_public_at_the_moment_blocks_no_plan(editor: Client) -> None:
    asked, hidden, other = make.question(), PracticeFactory.create(), PracticeFactory.create(live=False)
    asked.practices.add(hidden)
    Practice.objects.filter(pk=hidden.pk).update(live=False)
    page = reverse("learning:keep", args=[asked.slug])
    shown = editor.get(page).context["form"]
    sent = {name: value for name, value in shown.initial.items() if value} | {"next_step": "Ask four cities"}
    assert editor.post(page, sent).status_code == 302
    assert list(asked.practices.all()) == [hidden]
    sent = {**sent, "seen": editor.get(page).context["form"].initial["seen"], "practices": other.get_absolute_url()}
    assert editor.post(page, sent).status_code == 422, "another one that nobody sees is none"


def test_whoever_lost_a_question_meanwhile_reads_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = make.question()
    member = make.owner_of(asked)
    client = signed_in(member)
    found = ways.public(asked.slug)
    # The view asked before somebody took the question away, the verb asks after it.
    monkeypatch.setattr(ways, "kept", lambda _request, _slug: found)
    Question.objects.update(owner_organisation=None)
    answer = client.post(reverse("learning:move", args=[asked.slug, "working"]))
    assert answer.status_code == 403
    assert "the question was given to others meanwhile" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == "open"
