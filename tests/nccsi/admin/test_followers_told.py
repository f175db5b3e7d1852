"""Who follows what goes is said of every kind of thing that people can follow, before all else that is lost."""

from collections.abc import Callable

import pytest
from django.db import models

from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.questions.models import Question
from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.pages.models import NewsIndexPage
from hub.vocabularies.models import Term
from learning.questions.models import Question as LearningQuestion
from notifications.subscriptions import topics
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice
from tests.factories import learning
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.hub import CallFactory, add_call_page, add_calls, add_news, words
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def told(thing: models.Model, act: Act) -> list[Consequence]:
    return consequences.of([thing], act, with_what_is_below=False)


def question(status: str) -> Question:
    return Question.objects.create(call=CallFactory.create(), status=status, wording=words("Why?"))


def test_a_question_says_who_follows_it_and_then_that_it_is_shown() -> None:
    shown, waiting = question("shown"), question("waiting")
    for each in (shown, waiting):
        SubscriptionFactory.create(topic=f"question:{each.pk}")
    SubscriptionFactory.create(topic="question")
    lost = ["1 person follows it.", "It stands on the page of its call."]
    assert told(shown, Act.DELETE) == [Consequence(str(shown), lost)]
    assert told(waiting, Act.DELETE) == [Consequence(str(waiting), lost[:1])]


def test_a_call_that_somebody_follows_stays() -> None:
    call = CallFactory.create(title="The call")
    SubscriptionFactory.create_batch(2, topic=f"call:{call.pk}")
    said = "“The call” cannot be deleted: people follow it or take part."
    assert told(call, Act.DELETE) == [Consequence("The call", ["2 people follow it."], said)]
    assert told(CallFactory.create(), Act.DELETE) == []


def test_a_page_of_a_call_says_who_follows_the_call() -> None:
    call = CallFactory.create(title="The call")
    page = add_call_page(add_calls(), call, title="Its page")
    SubscriptionFactory.create(topic=f"call:{call.pk}")
    moved = "Its address changes; links to the old one lead to the new one."
    assert told(page, Act.MOVE) == [Consequence("Its page", ["1 person follows it.", moved])]
    assert told(page, Act.UNPUBLISH)[0].lost == ["1 person follows it.", "Nobody can read about it any more."]


@pytest.mark.parametrize(("topic", "make"), [("calls", add_calls), ("news", add_news)])
def test_a_list_says_who_follows_it(topic: str, make: Callable[[], models.Model]) -> None:
    page = make()
    SubscriptionFactory.create(topic=topic)
    SubscriptionFactory.create(topic=f"{topic}:{page.pk}")
    lost = ["1 person follows it.", "People can read it now."]
    moved = "Its address changes; links to the old one lead to the new one."
    for act, sentences in {Act.DELETE: lost, Act.UNPUBLISH: lost, Act.MOVE: [moved]}.items():
        assert told(page, act) == [Consequence(str(page), sentences)]


FOLLOWED: dict[type[models.Model], Callable[[], models.Model]] = {
    Call: CallFactory.create,
    CallIndexPage: add_calls,
    NewsIndexPage: add_news,
    Question: lambda: question("waiting"),
    Organisation: OrganisationFactory.create,
    Practice: PracticeFactory.create,
    LearningQuestion: learning.question,
    Term: lambda: Term.objects.create(vocabulary="theme", code="new", label="New"),
}


def test_nothing_that_people_can_follow_goes_without_a_word_about_them() -> None:
    """What its topic names as its model is asked here, so a new one needs a line above."""
    assert {*topics._of_each, *topics._of_whole} == {*FOLLOWED}
    for make in FOLLOWED.values():
        thing = make()
        SubscriptionFactory.create_batch(2, topic=topics.key_of(thing))
        assert told(thing, Act.DELETE)[0].lost[0] == "2 people follow it."


def test_a_fact_that_can_be_followed_says_so_by_itself() -> None:
    assert topics._of_each[Organisation] == "organisation"
    followed, other = MembershipFactory.create_batch(2, user=UserFactory.create())
    SubscriptionFactory.create(topic=f"organisation:{followed.organisation_id}")
    (lost,), (rest,) = (told(each.organisation, Act.DELETE) for each in (followed, other))
    assert lost.lost == ["1 person follows it.", *rest.lost]
    assert "Deleted with it" in rest.lost[0]


def test_a_fact_that_stays_says_who_follows_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    followable: dict[type[models.Model], str] = {Term: "term"}
    monkeypatch.setattr(topics, "_of_each", followable)
    monkeypatch.setattr(topics, "_identifiers", {})
    needed = InterestFactory.create(call=CallFactory.create()).sector
    SubscriptionFactory.create(topic=f"term:{needed.pk}")
    (said,) = told(needed, Act.DELETE)
    assert said.lost == ["1 person follows it."]
    assert "cannot be deleted" in said.refusal
