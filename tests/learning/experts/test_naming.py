"""Nobody is named who did not agree, and who takes it back leaves nothing behind."""

import pytest

from accounts.users.models import User
from learning.experts import naming
from learning.experts.models import Expert
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError
from notifications.outbox.models import Message
from tests.factories import learning as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def agree(asked: Question, user: User, *, is_invited: bool) -> Expert:
    return naming.agree(
        asked,
        user=user,
        name="An Expert",
        organisation_name="",
        field="Housing",
        languages=["nl", "fr"],
        wording="I agree.",
        is_invited=is_invited,
    )


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


def test_a_link_leads_to_its_question_and_a_forged_one_nowhere() -> None:
    asked = make.question()
    assert naming.question_of(naming.token_for(asked, "a@example.org")) == asked
    assert naming.question_of("forged") is None
