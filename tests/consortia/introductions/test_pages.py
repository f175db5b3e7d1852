"""The pages of introductions and matches: who gets them, what stands there, how many may be asked."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consortia.interest.models import Interest
from consortia.introductions import answering, asking
from consortia.introductions.models import Introduction
from consortia.matching import views as matching
from consortia.templatetags.completing_tags import own_interests
from partners.organisations.models import Membership, Organisation
from tests.consortia.partnering import Meeting, address, mails, meeting, party, text
from tests.factories.accounts import UserFactory
from tests.factories.matching import interest
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["meeting"]

ROLES = ("stranger", "signed_in", "removed", "elsewhere", "asks", "asked", "staff")
# To look and to send, by role.
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "matches": ((302, 404, 404, 404, 200, 404, 404), (302, 405, 405, 405, 405, 405, 405)),
    "ask": ((302, 404, 404, 404, 200, 404, 404), (302, 404, 404, 404, 422, 404, 404)),
    "introduction": ((302, 404, 404, 404, 200, 200, 404), (302, 404, 404, 404, 422, 422, 404)),
}


@pytest.fixture
def clients(meeting: Meeting, editor_user: Any) -> dict[str, Client]:
    removed = UserFactory.create()
    for each in (meeting.asks, meeting.asked):
        Membership.objects.create(organisation=each.organisation, user=removed).delete()
    elsewhere = party(meeting.call, "Elsewhere").client
    people = (Client(), signed_in(UserFactory.create()), signed_in(removed), elsewhere)
    return dict(zip(ROLES, (*people, meeting.asks.client, meeting.asked.client, signed_in(editor_user)), strict=True))


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(meeting: Meeting, clients: dict[str, Client], name: str, role: str) -> None:
    own, third = meeting.asks.organisation, party(meeting.call, "Third").organisation
    place = {
        "matches": address("matches", meeting.call.pk, own.slug),
        "ask": address("ask", meeting.call.pk, own.slug, third.pk),
        "introduction": address("introduction", meeting.ask().pk),
    }[name]
    looking, sending = (row[ROLES.index(role)] for row in TABLE[name])
    assert clients[role].get(place).status_code == looking
    assert clients[role].post(place).status_code == sending


def test_only_who_is_asked_answers_and_only_who_asked_takes_back(meeting: Meeting) -> None:
    made = meeting.ask()
    place = address("introduction", made.pk)
    for client, answer in ((meeting.asks.client, "accept"), (meeting.asks.client, "decline")):
        client.post(place, {"answer": answer})
    meeting.asked.client.post(place, {"answer": "withdraw"})
    made.refresh_from_db()
    assert made.status == "waiting"
    said = text(meeting.asked.client.get(place))
    assert "Yes, introduce us" in said
    assert "Take the message back" not in said
    assert "person@asks.example" not in said
    assert "Yes, introduce us" not in text(meeting.asks.client.get(place))
    meeting.asks.client.post(place, {"answer": "withdraw"})
    made.refresh_from_db()
    assert made.status == "withdrawn"


def test_from_the_list_to_a_contact(meeting: Meeting) -> None:
    call, own, other = meeting.call, meeting.asks.organisation, meeting.asked.organisation
    place = address("ask", call.pk, own.slug, other.pk)
    assert place in text(meeting.asks.client.get(address("matches", call.pk, own.slug)))
    answer = meeting.asks.client.post(place, {"message": "Shall we?"})
    made = Introduction.objects.get()
    assert answer["Location"] == address("introduction", made.pk)
    assert set(mails("asked")) == {"person@asked.example"}
    assert "You asked: see your message" in text(meeting.asks.client.get(address("matches", call.pk, own.slug)))
    there = text(meeting.asked.client.get(address("matches", call.pk, other.slug)))
    assert "They ask you for an introduction: answer" in there
    assert "Waiting for your answer" in text(meeting.asked.client.get("/en/my/"))
    assert "Waiting for their answer" in text(meeting.asks.client.get("/en/my/"))
    meeting.asked.client.post(address("introduction", made.pk), {"answer": "accept", "note": "Yes!"})
    for client, contact, own_address in (
        (meeting.asks.client, "person@asked.example", "person@asks.example"),
        (meeting.asked.client, "person@asks.example", "person@asked.example"),
    ):
        page = text(client.get(address("introduction", made.pk)))
        assert f"mailto:{contact}" in page
        assert f"mailto:{own_address}" not in page
        assert "In touch" in text(client.get("/en/my/"))


def test_after_a_no_the_list_and_the_form_are_without_them(meeting: Meeting) -> None:
    made = meeting.ask()
    answering.decline(made, by=meeting.asked.person)
    own, other = meeting.asks.organisation, meeting.asked.organisation
    page = text(meeting.asks.client.get(address("matches", meeting.call.pk, own.slug)))
    assert "Nobody else to see yet" in page
    answer = meeting.asks.client.post(address("ask", meeting.call.pk, own.slug, other.pk), {"message": "Again"})
    assert "the new text was not sent" in text(answer).lower()
    assert f'action="{address("introduction", made.pk)}"' not in text(answer), "there is nothing to answer"
    page = text(meeting.asks.client.get(address("introduction", made.pk)))
    assert "prefers not to be introduced" in page
    assert "person@asked.example" not in page


def test_one_person_asks_so_many_a_day(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_A_DAY", 1)
    third = party(meeting.call, "Third")
    own = meeting.asks.organisation
    places = [address("ask", meeting.call.pk, own.slug, each.organisation.pk) for each in (meeting.asked, third)]
    assert meeting.asks.client.post(places[0], {"message": "One"}).status_code == 302
    assert meeting.asks.client.post(places[0], {"message": "One"}).status_code == 302, "sent twice"
    refused = meeting.asks.client.post(places[1], {"message": "Two words to keep"})
    assert refused.status_code == 422
    assert "Nothing is lost" in text(refused)
    assert "Two words to keep" in text(refused)
    assert Introduction.objects.count() == 1
    Introduction.objects.update(asked_at="2026-01-01T00:00Z")
    assert meeting.asks.client.post(places[1], {"message": "Two words to keep"}).status_code == 302, "a day later"


def test_taken_back_and_asked_again_at_once_keeps_the_words(meeting: Meeting) -> None:
    asking.withdraw(meeting.ask())
    place = address("ask", meeting.call.pk, meeting.asks.organisation.slug, meeting.asked.organisation.pk)
    refused = meeting.asks.client.post(place, {"message": "My words"})
    assert refused.status_code == 422
    assert "less than 24 hours ago" in text(refused)
    assert "My words" in text(refused)


@pytest.mark.parametrize("side", ["asks", "asked"])
def test_an_organisation_that_the_centre_hid_takes_no_part(meeting: Meeting, side: str) -> None:
    made, hidden = meeting.ask(), getattr(meeting, side)
    Organisation.objects.filter(pk=hidden.organisation.pk).update(status="hidden")
    for name, more in (("matches", []), ("ask", [party(meeting.call, "Third").organisation.pk])):
        place = address(name, meeting.call.pk, hidden.organisation.slug, *more)
        assert hidden.client.get(place).status_code == 404
        assert hidden.client.post(place, {"message": "x"}).status_code in {404, 405}
    mine = text(hidden.client.get("/en/my/"))
    assert "Who completes you" not in mine
    assert "Waiting for your answer" not in text(meeting.asked.client.get("/en/my/"))
    place = address("introduction", made.pk)
    page = text(meeting.asked.client.get(place))
    assert "Yes, introduce us" not in page
    assert f"{hidden.organisation.name} is not in the directory now." in page
    meeting.asked.client.post(place, {"answer": "accept"})
    made.refresh_from_db()
    assert made.is_waiting
    assert own_interests(meeting.call, hidden.person) == []


def test_who_is_hidden_cannot_be_asked(meeting: Meeting) -> None:
    hidden = interest(meeting.call, "Hidden", is_shown=False)
    place = address("ask", meeting.call.pk, meeting.asks.organisation.slug, hidden.organisation_id)
    assert meeting.asks.client.get(place).status_code == 404


def test_nobody_is_asked_who_would_not_hear_of_it(meeting: Meeting) -> None:
    """An address that nobody proved is written to no more than one that is missing."""
    own, other = meeting.asks.organisation, meeting.asked.organisation
    place = address("ask", meeting.call.pk, own.slug, other.pk)
    matches = address("matches", meeting.call.pk, own.slug)
    assert place in text(meeting.asks.client.get(matches))
    EmailAddress.objects.filter(user=meeting.asked.person).update(verified=False)
    assert place not in text(meeting.asks.client.get(matches))


def test_what_the_centre_hides_finds_nobody(meeting: Meeting) -> None:
    own, made = meeting.asks.organisation, meeting.ask()
    matches = address("matches", meeting.call.pk, own.slug)
    assert matches in text(meeting.asks.client.get("/en/my/"))
    own.status = "hidden"
    own.save()
    assert meeting.asks.client.get(matches).status_code == 404
    assert matches not in text(meeting.asks.client.get("/en/my/"))
    place = address("introduction", made.pk)
    assert place not in text(meeting.asked.client.get("/en/my/"))
    assert "Yes, introduce us" not in text(meeting.asked.client.get(place))
    meeting.asked.client.post(place, {"answer": "accept"})
    made.refresh_from_db()
    assert made.status == "waiting"


def test_when_the_call_is_over_the_words_are_given_back(meeting: Meeting) -> None:
    meeting.call.deadlines.update(due_at="2026-01-01T00:00Z")
    own, other = meeting.asks.organisation, meeting.asked.organisation
    place = address("ask", meeting.call.pk, own.slug, other.pk)
    answer = meeting.asks.client.post(place, {"message": "My words"})
    assert answer.status_code == 422
    assert "My words" in text(answer)
    assert place not in text(meeting.asks.client.get(address("matches", meeting.call.pk, own.slug)))


def test_an_earlier_name_of_the_organisation_leads_on(meeting: Meeting) -> None:
    own = meeting.asks.organisation
    before = address("matches", meeting.call.pk, own.slug)
    own.slug = "another-name"
    own.save()
    assert meeting.asks.client.get(before)["Location"] == address("matches", meeting.call.pk, "another-name")


def test_as_many_queries_for_one_as_for_many(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "ON_A_PAGE", 500)
    own, counts = meeting.asks.organisation, []
    for number in (0, 2, 30):
        for each in range(number):
            interest(
                meeting.call,
                f"More {number} {each}",
                {"tracks": ["training"], "seeks": ["track:financing", "sector:academia"], "terms": ["theme:19"]},
            )
        with CaptureQueriesContext(connection) as queries:
            page = meeting.asks.client.get(address("matches", meeting.call.pk, own.slug))
        assert page.status_code == 200
        counts.append(len(queries))
    assert len(page.context["matches"]) == 33
    # One organisation without terms, tracks and the like needs none of the queries for these.
    assert counts[1] == counts[2], counts
    assert counts[2] <= 25


def test_long_lists_have_pages(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "ON_A_PAGE", 2)
    for number in range(3):
        interest(meeting.call, f"More {number}")
    place = address("matches", meeting.call.pk, meeting.asks.organisation.slug)
    seen = [
        match.card.name
        for page in (1, 2)
        for match in meeting.asks.client.get(place, {"page": page}).context["matches"]
    ]
    assert seen == ["Asked", "More 0", "More 1", "More 2"]
    assert meeting.asks.client.get(place, {"page": "nothing"}).status_code == 200


def test_nobody_is_introduced_to_themselves(meeting: Meeting) -> None:
    own, other = meeting.asks.organisation, meeting.asked.organisation
    Membership.objects.create(organisation=other, user=meeting.asks.person)
    place = address("ask", meeting.call.pk, own.slug, other.pk)
    page = text(meeting.asks.client.get(address("matches", meeting.call.pk, own.slug)))
    assert "You act for this organisation, too." in page
    assert place not in page
    assert "You act for this organisation, too." in text(meeting.asks.client.get(place))
    assert meeting.asks.client.post(place, {"message": "Me"}).status_code == 422
    assert not Introduction.objects.exists()
    colleague = UserFactory.create()
    Membership.objects.create(organisation=own, user=colleague)
    meeting.asks.person, mine = colleague, meeting.asks.client
    made = meeting.ask()
    place = address("introduction", made.pk)
    for answer in ("accept", "decline", "withdraw"):
        mine.post(place, {"answer": answer})
    made.refresh_from_db()
    assert made.status == "waiting"
    page = text(mine.get(place))
    assert "You act for this organisation, too." in page
    assert 'name="answer"' not in page
    meeting.asked.client.post(place, {"answer": "accept"})
    made.refresh_from_db()
    assert made.status == "accepted"


@pytest.mark.parametrize("side", ["asks", "asked"])
def test_who_lost_interest_is_introduced_to_nobody(meeting: Meeting, side: str) -> None:
    made = meeting.ask()
    place = address("introduction", made.pk)
    gone = getattr(meeting, side)
    gone.interest.status = "withdrawn"
    gone.interest.save()
    page = text(meeting.asked.client.get(place))
    assert f"{gone.organisation.name} does not take part in this call any more" in page
    assert "Yes, introduce us" not in page
    meeting.asked.client.post(place, {"answer": "accept"})
    assert not answering.accept(made, by=meeting.asked.person)
    meeting.asked.client.post(place, {"answer": "decline"})
    made.refresh_from_db()
    assert made.status == "waiting"
    assert not mails("accepted")


def test_what_is_written_to_who_was_asked_already_is_given_back(meeting: Meeting) -> None:
    made = meeting.ask("Shall we?")
    for one, other, said in (
        (meeting.asks, meeting.asked, "You had already asked"),
        (meeting.asked, meeting.asks, "They had already asked you"),
    ):
        place = address("ask", meeting.call.pk, one.organisation.slug, other.organisation.pk)
        page = text(one.client.post(place, {"message": "Other words"}))
        assert said in page
        assert "Other words" in page
        assert "Shall we?" in page
        assert f'action="{address("introduction", made.pk)}"' in page
    same = meeting.asks.client.post(
        address("ask", meeting.call.pk, meeting.asks.organisation.slug, meeting.asked.organisation.pk),
        {"message": "Shall we?"},
    )
    assert same["Location"] == address("introduction", made.pk)


def test_a_no_stays_in_sight_and_a_late_answer_is_told_what_holds(meeting: Meeting) -> None:
    made = meeting.ask()
    answering.decline(made, by=meeting.asked.person)
    place = address("introduction", made.pk)
    assert "You said no to Asks for this call." in text(meeting.asked.client.get(place))
    assert "Asked prefers not to be introduced" in text(meeting.asks.client.get(place))
    assert "You said no" in text(meeting.asked.client.get("/en/my/"))
    assert "They said no" in text(meeting.asks.client.get("/en/my/"))
    party(meeting.call, "Third")
    page = text(meeting.asks.client.get(address("matches", meeting.call.pk, meeting.asks.organisation.slug)))
    assert "1 other organisation can be seen." in page
    assert "One more is not listed here" in page
    late = text(meeting.asked.client.post(place, {"answer": "accept"}, follow=True))
    assert "Asked already said no on" in late


def test_the_page_says_whom_it_is_about_and_where_it_belongs(meeting: Meeting) -> None:
    page = text(meeting.asks.client.get(address("introduction", meeting.ask().pk)))
    assert "<title>Introduction: Asks and Asked" in page
    assert "Who completes Asks" in page
    assert "Who completes Asked" not in page


def test_that_nobody_can_answer_is_said_once_with_another_way(meeting: Meeting) -> None:
    for name in ("Third", "Fourth"):
        interest(meeting.call, name)
    matches = address("matches", meeting.call.pk, meeting.asks.organisation.slug)
    page = text(meeting.asks.client.get(matches))
    assert page.count("nobody manages the profile here yet") == 1
    assert page.count("Write to it<span") == 2
    Interest.objects.filter(organisation__name__in=["Third", "Fourth"]).update(is_shown=False)
    assert "nobody manages the profile" not in text(meeting.asks.client.get(matches))
