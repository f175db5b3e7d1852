"""An experience is told by anybody who is signed in, and shown once the centre has looked at it."""

import pytest
from django.utils import timezone

from accounts.users.models import User
from learning.experience import sharing
from learning.experience.keeping_times import DECLINED
from learning.experience.models import Experience
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError
from notifications.outbox.models import Message
from tests.factories import learning as make
from tests.factories.partners import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def tell(by: User, text: str = "We shared the costs.", **more: object) -> Experience:
    asked = Question.objects.first() or make.question()
    return sharing.tell(asked, text=text, language="en", by=by, **more)  # type: ignore[arg-type]  # an organisation


def test_it_waits_and_sent_twice_it_is_one(partner_user: User) -> None:
    assert tell(partner_user) == tell(partner_user)
    assert not Experience.objects.public().exists()


def test_shown_or_declined_who_told_it_hears_once(partner_user: User, editor_user: User) -> None:
    first, second = tell(partner_user), tell(partner_user, "It failed.")
    assert sharing.show(first, by=editor_user)
    assert not sharing.show(first, by=editor_user)
    assert sharing.decline(second, reason="Who is this about?", by=editor_user)
    assert not sharing.decline(second, reason="Another reason.", by=editor_user)
    assert list(Experience.objects.public()) == [first]
    kinds = Message.objects.filter(to_email=partner_user.email).values_list("kind", flat=True)
    assert sorted(kinds) == ["learning/experience_declined", "learning/experience_shown"]


def test_only_the_centre_decides(partner_user: User, other_user: User) -> None:
    told = tell(partner_user)
    with pytest.raises(NotAllowedError):
        sharing.show(told, by=other_user)
    with pytest.raises(NotAllowedError):
        sharing.decline(told, reason="No.", by=partner_user)


def test_only_for_an_organisation_of_ones_own(partner_user: User) -> None:
    with pytest.raises(NotAllowedError):
        tell(partner_user, organisation=OrganisationFactory.create())
    own = MembershipFactory.create(user=partner_user).organisation
    assert tell(partner_user, organisation=own).organisation == own


def test_one_person_fills_no_list_and_what_is_set_aside_takes_none(partner_user: User) -> None:
    for number in range(sharing.MOST_WAITING):
        tell(partner_user, f"{number}")
    with pytest.raises(sharing.TooManyError):
        tell(partner_user, "One more")
    Question.objects.update(state="aside", state_note='{"en": "Later."}')
    with pytest.raises(NotPossibleError):
        tell(partner_user, "Another")


def test_what_was_declined_goes_after_a_year(partner_user: User, editor_user: User) -> None:
    told = tell(partner_user)
    sharing.decline(told, reason="No.", by=editor_user)
    sharing.forget()
    assert Experience.objects.exists()
    Experience.objects.update(decided_at=timezone.now() - DECLINED.span)
    sharing.forget()
    assert not Experience.objects.exists()
