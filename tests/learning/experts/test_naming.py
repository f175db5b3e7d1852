"""Nobody is named who did not agree, and who takes it back leaves nothing behind."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.users.models import User
from learning.experts import naming
from learning.experts.models import Expert
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError
from notifications.outbox.models import Message
from tests.factories import learning as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def agree(asked: Question, user: User, *, is_invited: bool, **more: Any) -> Expert:
    said = {"name": "An Expert", "organisation_name": "", "field": "Housing", "languages": ["nl", "fr"]} | more
    return naming.agree(asked, user=user, wording="I agree.", is_invited=is_invited, **said)


def test_who_was_asked_is_named_at_once_and_who_offers_it_waits(editor_user: User, other_user: User) -> None:
    asked = make.question()
    offered = agree(asked, other_user, is_invited=False)
    assert not Expert.objects.public().exists()
    with pytest.raises(NotAllowedError):
        naming.accept(offered, by=other_user)
    assert naming.accept(offered, by=editor_user)
    assert not naming.accept(offered, by=editor_user)
    assert list(Expert.objects.public()) == [offered]


def test_agreed_twice_it_is_one(other_user: User) -> None:
    asked = make.question()
    assert agree(asked, other_user, is_invited=True) == agree(asked, other_user, is_invited=False)
    assert Expert.objects.public().count() == 1


def test_taken_back_or_with_the_account_all_of_it_goes(other_user: User, partner_user: User) -> None:
    asked = make.question()
    agree(asked, other_user, is_invited=True)
    agree(asked, partner_user, is_invited=True)
    assert naming.withdraw(asked, user=other_user)
    assert not naming.withdraw(asked, user=other_user)
    partner_user.delete()
    assert not Expert.objects.exists()


def test_who_keeps_the_question_asks_and_dismisses(editor_user: User, other_user: User) -> None:
    asked = make.question()
    with pytest.raises(NotAllowedError):
        naming.invite(asked, email="a@example.org", language="nl", by=other_user)
    naming.invite(asked, email="a@example.org", language="nl", by=editor_user)
    naming.invite(asked, email="a@example.org", language="nl", by=editor_user)
    mail = Message.objects.get(kind="learning/expert_invited")
    assert (mail.to_email, mail.language) == ("a@example.org", "nl")
    expert = agree(asked, other_user, is_invited=True)
    with pytest.raises(NotAllowedError):
        naming.dismiss(expert, by=other_user)
    assert naming.dismiss(expert, by=editor_user)


def test_a_link_names_nobody_at_once_after_a_dismissal(other_user: User, editor_user: User) -> None:
    asked = make.question()
    token = naming.token_for(asked, other_user.email)
    assert naming.is_for(token, other_user, asked)
    assert not naming.is_for(token, other_user, make.question("Who pays?")), "it is about another question"
    naming.dismiss(agree(asked, other_user, is_invited=True), by=editor_user)
    asked.refresh_from_db()
    assert not naming.is_for(token, other_user, asked)
    assert naming.is_for(naming.token_for(asked, other_user.email), other_user, asked), "asked anew"


def test_other_words_about_oneself_wait_for_a_second_look(other_user: User, editor_user: User) -> None:
    asked = make.question()
    agree(asked, other_user, is_invited=True)
    assert agree(asked, other_user, is_invited=False, languages=["de"]) in Expert.objects.public()
    changed = agree(asked, other_user, is_invited=True, field="Cheap loans, call me")
    assert changed in Expert.objects.waiting(), "whatever link it came by"
    assert naming.accept(changed, by=editor_user)
    assert [each.field for each in Expert.objects.public()] == ["Cheap loans, call me"]


def test_nobody_asks_more_people_than_so_many_a_day(editor_user: User, editor: Client) -> None:
    asked = make.question()
    for number in range(naming.MOST_A_DAY):
        naming.invite(asked, email=f"{number}@example.org", language="en", by=editor_user)
    answer = editor.post(
        reverse("learning:invite_expert", args=[asked.slug]), {"email": "z@example.org", "language": "en"}
    )
    assert answer.status_code == 422
    assert "has to wait until tomorrow" in answer.content.decode()
    assert Message.objects.filter(kind="learning/expert_invited").count() == naming.MOST_A_DAY


def test_a_link_leads_to_its_question_and_a_forged_one_nowhere() -> None:
    asked = make.question()
    assert naming.question_of(naming.token_for(asked, "a@example.org")) == asked
    assert naming.question_of("forged") is None
