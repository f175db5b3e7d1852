"""A question is proposed by anybody who is signed in, and the centre decides."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.users.models import User
from learning.questions import proposing
from learning.questions.keeping_times import DECLINED
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError
from notifications.outbox.models import Message
from tests.factories import learning as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def mails(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=f"learning/{kind}").values_list("to_email", flat=True))


def test_what_is_proposed_waits_for_the_centre(partner_user: User) -> None:
    made = make.proposed(partner_user)
    assert made.state == "proposed"
    assert made.slug == "how-do-we-keep-a-practice-alive-when-the-grant-ends"
    assert not Question.objects.public().exists()


def test_sent_twice_it_is_one_and_two_with_the_same_words_have_addresses_of_their_own(
    partner_user: User, other_user: User
) -> None:
    first = make.proposed(partner_user)
    assert make.proposed(partner_user) == first
    assert make.proposed(other_user).slug == f"{first.slug}-2"


def test_one_person_fills_no_list(partner_user: User) -> None:
    for number in range(proposing.MOST_WAITING):
        make.proposed(partner_user, words=f"Question {number}?")
    with pytest.raises(proposing.TooManyError):
        make.proposed(partner_user, words="One more?")


def test_accepted_it_is_open_and_who_proposed_it_hears_once(partner_user: User, editor_user: User) -> None:
    made = make.proposed(partner_user)
    assert proposing.accept(made, by=editor_user)
    assert not proposing.accept(made, by=editor_user)
    made.refresh_from_db()
    assert (made.state, mails("accepted")) == ("open", [partner_user.email])
    assert made.decided_at


def test_no_mail_goes_to_an_address_that_nobody_proved(partner_user: User, editor_user: User) -> None:
    EmailAddress.objects.filter(user=partner_user).update(verified=False)
    proposing.accept(make.proposed(partner_user), by=editor_user)
    assert mails("accepted") == []


def test_declined_it_has_a_reason_that_who_proposed_it_reads(partner_user: User, editor_user: User) -> None:
    made = make.proposed(partner_user)
    assert proposing.decline(made, reason="It is answered elsewhere.", language="en", by=editor_user)
    assert not proposing.decline(made, reason="Another one.", language="en", by=editor_user)
    made.refresh_from_db()
    assert (made.state, str(made.state_note)) == ("declined", "It is answered elsewhere.")
    assert mails("declined") == [partner_user.email]
    assert Message.objects.get().context["reason"] == "It is answered elsewhere."


def test_only_the_centre_decides(partner_user: User, other_user: User) -> None:
    made = make.proposed(partner_user)
    for by in (partner_user, other_user):
        with pytest.raises(NotAllowedError):
            proposing.accept(made, by=by)
        with pytest.raises(NotAllowedError):
            proposing.decline(made, reason="No.", language="en", by=by)


def test_the_database_wants_a_reason_for_what_is_put_away(partner_user: User) -> None:
    made = make.proposed(partner_user)
    for state in ("declined", "aside"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=made.pk).update(state=state)


def test_what_was_declined_goes_after_a_year_and_nothing_else(partner_user: User, editor_user: User) -> None:
    kept, gone = make.question(), make.proposed(partner_user, words="Who pays?")
    proposing.decline(gone, reason="Not ours.", language="en", by=editor_user)
    assert proposing.forget() == 0
    old = timezone.now() - DECLINED.span
    Question.objects.update(decided_at=old, proposed_at=old)
    proposing.forget()
    assert list(Question.objects.all()) == [kept]


def test_who_proposed_it_may_go_and_the_question_stays(partner_user: User) -> None:
    made = make.proposed(partner_user)
    partner_user.delete()
    made.refresh_from_db()
    assert made.proposed_by is None
