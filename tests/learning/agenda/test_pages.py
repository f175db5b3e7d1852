"""What visitors read of the learning agenda, in a bounded number of queries, and never what waits for the centre."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.users.models import User
from learning.answers import writing
from learning.experience import sharing
from learning.experts import naming
from learning.questions.models import Question
from learning.voting import casting, rounds
from tests.factories import learning as make
from tests.factories.events import event_with_page
from tests.factories.partners import term
from tests.factories.practices import PracticeFactory
from tests.learning.voting.test_voting import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def full(words: str = make.QUESTION) -> Question:
    """A question with something of everything."""
    asked = make.question(words, next_step={"en": "Ask four cities"}, next_step_on=date(2030, 1, 2))
    practice, event = PracticeFactory.create(), event_with_page()
    asked.practices.add(practice)
    asked.events.add(event)
    asked.terms.add(term("theme", "19"))
    make.answer(asked, make.draft(practices=[practice], events=[event]), make.next_draft())
    return asked


def test_the_page_says_what_is_known_since_when_and_why(visitor: Client) -> None:
    asked = full()
    page = text(visitor, asked.get_absolute_url())
    for said in (
        make.QUESTION,
        "Share the costs, and say so in the contract.",
        "Contracts matter.",
        "Four cities told so.",
        "First signs",
        "Ask four cities",
        "by Wednesday 2 January 2030",
        "The centre",
        f"?topic={asked.topic}",
        "Share the costs. Begin early.",
    ):
        assert said in page, said


def test_what_nobody_knows_is_said(visitor: Client) -> None:
    assert "We do not know yet." in text(visitor, make.question().get_absolute_url())


def test_what_waits_or_was_declined_is_nowhere(visitor: Client, partner_user: User, other_user: User) -> None:
    asked, waiting = make.question(), make.proposed(partner_user, words="Is this secret?")
    sharing.tell(asked, text="An unread experience", language="en", by=partner_user)
    naming.agree(
        asked,
        user=other_user,
        name="Unnamed",
        organisation_name="",
        field="x",
        languages=["en"],
        wording="I agree.",
        is_invited=False,
    )
    assert visitor.get(waiting.get_absolute_url()).status_code == 404
    assert "secret" not in text(visitor, reverse("learning:questions"))
    page = text(visitor, asked.get_absolute_url())
    assert "unread" not in page
    assert "Unnamed" not in page


def test_the_list_narrows_searches_and_asks_as_much_for_many_as_for_one(visitor: Client) -> None:
    full()
    address = reverse("learning:questions")
    text(visitor, address)  # what is remembered is remembered
    with CaptureQueriesContext(connection) as one:
        text(visitor, f"{address}?q=alive")
    for number in range(8):
        full(f"Who keeps it alive, number {number}?")
    with CaptureQueriesContext(connection) as many:
        page = text(visitor, f"{address}?q=alive")
    assert "9 questions" in page
    assert len(many) <= len(one) + 1
    assert "1 question" in text(visitor, f"{address}?q=grant")
    assert "9 questions" in text(visitor, f"{address}?state=answered&theme=19")
    assert "No questions match your search" in text(visitor, f"{address}?state=aside")


def test_the_page_asks_as_much_for_a_long_history_as_for_a_short_one(visitor: Client, partner_user: User) -> None:
    asked = full()
    text(visitor, asked.get_absolute_url())
    asked.save()
    with CaptureQueriesContext(connection) as short:
        text(visitor, f"{asked.get_absolute_url()}?page=1")
    for number in range(3, 9):
        writing.write(asked, make.next_draft(f"Version {number}."), was=number - 1, by=None)
    for _each in range(4):
        asked.practices.add(PracticeFactory.create())
        asked.events.add(event_with_page())
    with CaptureQueriesContext(connection) as long:
        page = text(visitor, asked.get_absolute_url())
    assert "All of it: 8 versions" in page
    assert len(long) <= len(short) + 2
    assert "Version 1," in text(visitor, reverse("learning:history", args=[asked.slug]))


def test_a_reader_gets_their_language_or_the_nearest_and_is_told(visitor: Client) -> None:
    asked = make.question()
    make.answer(asked)
    with override("nl"):
        address = asked.get_absolute_url()
    page = text(visitor, address)
    assert f'<h1 lang="en">{make.QUESTION}</h1>' in page


def test_the_questions_of_an_event_stand_on_its_page(visitor: Client) -> None:
    event = event_with_page()
    asked = make.question()
    address = event.pages.get().url
    assert make.QUESTION not in text(visitor, address)
    asked.events.add(event)
    asked.save()
    assert make.QUESTION in text(visitor, address)


def test_the_feed_tells_of_answers(visitor: Client) -> None:
    make.answer(make.question(), make.draft(), make.next_draft())
    feed = text(visitor, reverse("learning:feed"))
    assert feed.count("<entry>") == 2
    assert "Contracts matter." in feed


def test_nothing_is_sent_to_the_feed() -> None:
    assert Client().post(reverse("learning:feed")).status_code == 405


def test_programs_read_the_question_and_its_answers(visitor: Client) -> None:
    page = text(visitor, full().get_absolute_url())
    assert '"@type": "Question"' in page
    assert '"acceptedAnswer"' in page


def test_results_are_shown_once_the_round_is_over(visitor: Client, editor_user: User) -> None:
    round_, one, asked = make.open_round(), member(), make.question()
    casting.cast(round_, organisation=one.organisation, questions=[asked], by=one.user, was=0)
    address = reverse("learning:outcome")
    assert make.QUESTION not in text(visitor, address)
    rounds.close(round_, by=editor_user)
    page = text(visitor, address)
    assert make.QUESTION in page
    assert "1 vote" in page
    assert "1 organisation voted for it" in text(visitor, asked.get_absolute_url())


def test_my_page_says_what_waits(partner: Client, partner_user: User, editor_user: User) -> None:
    asked: Any = make.question(review_due=timezone.localdate())
    organisation = make.owner_of(asked).memberships.get().organisation
    organisation.memberships.create(user=partner_user)
    organisation.status = "listed"
    organisation.save()
    make.open_round()
    page = text(partner, reverse("accounts:my_page"))
    for said in ("You look after", "Look at an answer again", "Vote which questions matter most"):
        assert said in page
