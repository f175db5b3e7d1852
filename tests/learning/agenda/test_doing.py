"""What people do on the pages of the agenda, without a script: forms, refusals, and two at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from learning.answers.models import AnswerText, AnswerVersion
from learning.experience.models import Experience
from learning.experts import naming
from learning.experts.models import Expert
from learning.questions.models import Question
from learning.voting.models import Round, Vote
from tests.factories import learning as make
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, event_with_page
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import reported
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def hidden(client: Client, address: str, name: str) -> str:
    """What a form carries."""
    page = client.get(address).content.decode()
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def page(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_proposed_and_decided_in_the_admin(partner: Client, editor: Client) -> None:
    sent = {"words": "Who pays?", "why": "It matters.", "language": "en"}
    assert partner.post(reverse("learning:propose"), {**sent, "why": ""}).status_code == 422
    assert partner.post(reverse("learning:propose"), sent).status_code == 302
    asked = Question.objects.get()
    screen = reverse("learning_admin_question", args=[asked.pk])
    assert "Who pays?" in page(editor.get(screen))
    assert editor.post(screen, {"decision": "no"}).status_code == 200
    assert editor.post(screen, {"decision": "yes"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "open"


def test_an_experience_is_told_and_decided(partner: Client, editor: Client) -> None:
    asked = make.question()
    partner.post(reverse("learning:tell", args=[asked.slug]), {"text": "It failed.", "language": "en"})
    told = Experience.objects.get()
    screen = reverse("learning_admin_experience", args=[told.pk])
    editor.post(screen, {"decision": "yes"})
    assert "It failed." in page(partner.get(asked.get_absolute_url()))
    editor.post(screen, {"decision": "no", "reason": "It names somebody."})
    assert "It failed." not in page(partner.get(asked.get_absolute_url()))


@pytest.mark.parametrize(("first", "then"), [("no", "yes"), ("yes", "no")])
def test_what_a_colleague_decided_is_not_turned_round_from_an_older_window(
    partner: Client, editor: Client, first: str, then: str
) -> None:
    asked = make.question()
    partner.post(reverse("learning:propose"), {"words": "Who pays?", "why": "It matters.", "language": "en"})
    partner.post(reverse("learning:tell", args=[asked.slug]), {"text": "It failed.", "language": "en"})
    proposed = Question.objects.get(state="proposed")
    told = Experience.objects.get()
    screens: list[tuple[Any, str]] = [(proposed, "learning_admin_question"), (told, "learning_admin_experience")]
    row: Any
    for row, name in screens:
        screen = reverse(name, args=[row.pk])
        seen = hidden(editor, screen, "seen")
        editor.post(screen, {"decision": first, "reason": "Asked before.", "seen": seen})
        row.refresh_from_db()
        decided = row.state
        answer = editor.post(screen, {"decision": then, "reason": "Asked before.", "seen": seen}, follow=True)
        assert "Somebody decided that before." in page(answer)
        row.refresh_from_db()
        assert row.state == decided
    # Who sees what was decided may change it: an experience comes off the page again, or onto it after all.
    screen = reverse("learning_admin_experience", args=[told.pk])
    editor.post(screen, {"decision": then, "reason": "Names.", "seen": hidden(editor, screen, "seen")})
    told.refresh_from_db()
    assert told.state == ("shown" if then == "yes" else "declined")


def test_the_first_page_of_the_admin_says_what_waits(partner: Client, editor: Client) -> None:
    asked = make.question()
    before = page(editor.get("/admin/"))
    partner.post(reverse("learning:propose"), {"words": "Who pays?", "why": "It matters.", "language": "en"})
    partner.post(reverse("learning:tell", args=[asked.slug]), {"text": "It failed.", "language": "en"})
    reported(PracticeFactory.create())
    shown = page(editor.get("/admin/"))
    for label, address in {
        "Questions that were proposed": "learning/question",
        "Experiences to read": "learning/experience",
        "Reports of reuse to check": "practices/reuse",
    }.items():
        assert label in shown
        assert label not in before
        listed = editor.get(re.search(rf'href="(/admin/snippets/{address}/\?state=\w+)"', shown)[1])  # type: ignore[index]  # there it is
        assert listed.context["paginator"].count == 1


def test_strangers_are_refused_where_a_question_is_kept(partner: Client) -> None:
    asked = make.question()
    for name in ("keep", "answer", "words", "set_aside", "owner", "invite_expert"):
        assert partner.get(reverse(f"learning:{name}", args=[asked.slug])).status_code == 403
    for action in (["move", "working"], ["own", "take"]):
        address = reverse(f"learning:{action[0]}", args=[asked.slug, action[1]])
        assert partner.post(address).status_code == 403
        assert partner.get(address).status_code == 405


def test_who_keeps_it_plans_and_links(editor: Client) -> None:
    asked, practice, event = make.question(), PracticeFactory.create(), event_with_page(EventFactory.create())
    address = reverse("learning:keep", args=[asked.slug])
    sent = {
        "seen": hidden(editor, address, "seen"),
        "next_step": "Ask four cities",
        "next_step_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "practices": f"https://example.org/en/practices/{practice.slug}/\n",
        "events": [str(event.pk)],
    }
    wrong = {**sent, "practices": "https://example.org/en/practices/nothing-there/"}
    assert "There is no practice at this address" in page(editor.post(address, wrong))
    assert editor.post(address, sent).status_code == 302
    assert (list(asked.practices.all()), list(asked.events.all())) == ([practice], [event])
    answer = editor.post(address, {**sent, "next_step": "Mine"})
    assert answer.status_code == 422
    assert "Somebody changed this question" in page(answer)
    assert "Mine" in page(answer)


def test_its_words_state_and_owner(editor: Client, partner_user: User) -> None:
    asked = make.question()
    words = reverse("learning:words", args=[asked.slug])
    sent = {"seen": hidden(editor, words, "seen"), "words_nl": "Wie betaalt?", "why_nl": "Daarom."}
    assert editor.post(words, {**sent, "why_nl": ""}).status_code == 422
    assert editor.post(words, sent).status_code == 302
    assert asked.texts.get().language == "nl"
    editor.post(reverse("learning:move", args=[asked.slug, "working"]))
    asked.refresh_from_db()
    assert asked.state == "working"
    aside = reverse("learning:set_aside", args=[asked.slug])
    assert editor.post(aside, {"note": "", "language": "en"}).status_code == 422
    assert editor.post(aside, {"note": "Nobody has time.", "language": "en"}).status_code == 302
    owner = reverse("learning:owner", args=[asked.slug])
    assert "no account" in page(editor.post(owner, {"email": "nobody@example.org"}))
    editor.post(owner, {"email": partner_user.email})
    asked.refresh_from_db()
    assert (asked.state, asked.owner_person) == ("aside", partner_user)


def test_an_answer_is_written_and_the_second_of_two_compares(editor: Client) -> None:
    asked = make.question()
    address = reverse("learning:answer", args=[asked.slug])
    was = hidden(editor, address, "was")
    sent = {"was": was, "text": "Share the costs.", "confidence": "signs", "language": "en"}
    assert editor.post(address, {**sent, "was": "7:made-up"}).status_code == 422
    assert editor.post(address, sent).status_code == 302
    mine = {**sent, "text": "Share all the costs."}
    answer = editor.post(address, mine)
    shown = page(answer)
    assert answer.status_code == 422
    assert "What stands now: version 1" in shown
    assert "<ins>" in shown
    assert "Share all the costs." in shown
    again = re.search(r'name="was" value="([^"]*)"', shown)
    assert again
    whole = {**mine, "was": again[1], "changed": "All of them.", "because": "Four cities."}
    assert editor.post(address, whole).status_code == 302
    assert AnswerVersion.objects.count() == 2


def test_an_organiser_writes_what_was_learned(editor_user: User) -> None:
    organiser, event = UserFactory.create(), event_with_page(EventFactory.create())
    event.organisers.add(organiser)
    event.save()
    asked = make.question()
    asked.events.add(event)
    client = signed_in(organiser)
    address = f"{reverse('learning:answer', args=[asked.slug])}?event={event.uid}"
    shown = client.get(address).content.decode()
    assert re.search(rf'name="events" value="{event.pk}"[^>]* checked', shown)
    sent = {
        "was": hidden(client, address, "was"),
        "text": "Share.",
        "confidence": "fairly",
        "language": "en",
        "events": [event.pk],
    }
    assert client.post(address, sent).status_code == 302
    assert AnswerVersion.objects.get().evidence.get().event == event


def test_an_answer_names_only_what_visitors_see(editor: Client, editor_user: User) -> None:
    asked = make.question()
    asked.practices.add(PracticeFactory.create(live=False, texts={"en": {"title": "Hidden draft"}}))
    MembershipFactory.create(
        organisation=OrganisationFactory.create(name="Made up", status="proposed"), user=editor_user
    )
    shown = page(editor.get(reverse("learning:answer", args=[asked.slug])))
    assert "Hidden draft" not in shown
    assert "Made up" not in shown


def test_the_answer_in_one_more_language(editor: Client) -> None:
    asked = make.question()
    make.answer(asked)
    address = reverse("learning:translate", args=[asked.slug, "nl"])
    sent = {"text": "Deel de kosten.", "was": hidden(editor, address, "was")}
    assert editor.post(address, {**sent, "was": "1:made-up"}).status_code == 422
    assert editor.post(address, sent).status_code == 302
    assert editor.get(reverse("learning:translate", args=[asked.slug, "xx"])).status_code == 404
    assert set(AnswerVersion.objects.get().texts.values_list("language", flat=True)) == {"en", "nl"}


def test_words_of_an_older_version_do_not_become_those_of_the_next(editor: Client) -> None:
    asked = make.question()
    make.answer(asked)
    address = reverse("learning:translate", args=[asked.slug, "nl"])
    sent = {"text": "Deel de kosten.", "changed": "Dit.", "because": "Daarom.", "was": hidden(editor, address, "was")}
    make.answer_next(asked, "Do not share the costs.")
    answer = editor.post(address, sent)
    assert answer.status_code == 422
    assert "Another version came while you were writing" in page(answer)
    assert "Deel de kosten." in page(answer)
    assert not AnswerText.objects.filter(language="nl").exists()


def test_somebody_agrees_by_mail_and_takes_it_back(partner: Client, partner_user: User, editor: Client) -> None:
    asked = make.question()
    sent = {"name": "Partner One", "field": "Housing", "languages": ["nl"], "agrees": "on"}
    by_mail = reverse("learning:expert_by_mail", args=[naming.token_for(asked, partner_user.email)])
    assert partner.get(reverse("learning:expert_by_mail", args=["forged"])).status_code == 404
    assert partner.post(by_mail, {**sent, "agrees": ""}).status_code == 422
    assert partner.post(by_mail, sent).status_code == 302
    assert "Partner One" in page(editor.get(asked.get_absolute_url()))
    partner.post(reverse("learning:withdraw_expert", args=[asked.slug]))
    assert not Expert.objects.exists()
    partner.post(reverse("learning:agree", args=[asked.slug]), sent)
    assert "Partner One" not in page(editor.get(asked.get_absolute_url()))
    expert = Expert.objects.get()
    accept = reverse("learning:decide_expert", args=[asked.slug, expert.pk, "accept"])
    kept = editor.get(reverse("learning:keep", args=[asked.slug])).content.decode()
    assert f'name="seen" value="{expert.agreed_at.isoformat()}"' in kept
    answer = editor.post(accept, {"seen": "2020-01-01T00:00:00+00:00"}, follow=True)
    assert "Nothing was decided: read them again." in answer.content.decode()
    assert not Expert.objects.public().exists()
    editor.post(accept, {"seen": expert.agreed_at.isoformat()})
    assert "Partner One" in page(editor.get(asked.get_absolute_url()))


def test_a_mail_that_was_passed_on_names_nobody_by_itself(partner: Client, editor: Client) -> None:
    asked = make.question()
    sent = {"name": "Partner One", "field": "Housing", "languages": ["nl"], "agrees": "on"}
    by_mail = reverse("learning:expert_by_mail", args=[naming.token_for(asked, "somebody.else@example.org")])
    answer = partner.post(by_mail, sent, follow=True)
    assert "once those who look after the question agree" in page(answer)
    assert list(Expert.objects.waiting()) == [Expert.objects.get()]
    assert not Expert.objects.public().exists()


def test_an_organisation_votes_and_a_colleague_is_told(partner: Client, partner_user: User, editor: Client) -> None:
    organisation = OrganisationFactory.create(status="listed")
    MembershipFactory.create(organisation=organisation, user=partner_user)
    colleague = signed_in(MembershipFactory.create(organisation=organisation, user=UserFactory.create()).user)
    first, second = make.question(), make.question("Who pays?")
    assert "No votes are taken now" in page(partner.get(reverse("learning:vote")))
    later = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert editor.post(reverse("learning_admin_rounds"), {"until": later}).status_code == 302
    again = editor.post(reverse("learning_admin_rounds"), {"until": later}, follow=True)
    assert "A round is open already. Close it first." in page(again)
    address = reverse("learning:vote_for", args=[organisation.slug])
    assert partner.get(reverse("learning:vote")).url == address  # type: ignore[attr-defined]  # it leads on
    was = hidden(partner, address, "was")
    assert partner.post(address, {"was": was, "questions": [first.pk]}).status_code == 302
    answer = colleague.post(address, {"was": was, "questions": [second.pk]})
    assert answer.status_code == 422
    assert "Partner One voted for your organisation" in page(answer)
    closing = reverse("learning_admin_close_round", args=[Round.objects.get().pk])
    assert "It cannot be opened again." in page(editor.get(closing))
    assert Round.objects.open().exists()
    editor.post(closing)
    assert editor.get(closing).status_code == 302
    assert partner.post(address, {"was": was, "questions": [second.pk]}).status_code == 409
    assert Vote.objects.get().choices.get().question == first
