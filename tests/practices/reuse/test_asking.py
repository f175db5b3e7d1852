"""A year after a report was accepted its author is asked how it went on: once, whoever runs the task how often."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.users.models import User
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from practices.reuse import asking, reporting
from practices.reuse.models.reuses import Reuse
from practices.tasks import ask_how_reuse_went_on
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory
from tests.factories.reuse import accept, accepted, account, reporter_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
KIND = "practices/reuse_asked"


def asked() -> list[str]:
    return list(Message.objects.filter(kind=KIND).order_by("pk").values_list("to_email", flat=True))


def author(reuse: Reuse) -> User:
    assert reuse.organisation
    return reporter_of(reuse.organisation)


def test_asked_once_a_year_later_and_again_each_silent_year(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    now = timezone.now()
    for day in (0, 364, 366, 367, 500, 700):
        for _time in (1, 2):
            asking.run(now=now + timedelta(days=day))
        assert len(asked()) == int(day > 365)
    asking.run(now=now + timedelta(days=732))
    assert asked() == [author(reuse).email] * 2
    mail = render(Message.objects.filter(kind=KIND)[0], now=now)
    assert reuse.address("practices:update_reuse") in mail.text
    assert "How did it go on" in mail.subject


def test_the_task_goes_by_the_clock(editor_user: User) -> None:
    accepted(by=editor_user)
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        ask_how_reuse_went_on()
        ask_how_reuse_went_on()
    assert len(asked()) == 1


@pytest.mark.parametrize("outcome", ["stopped", "failed"])
def test_nobody_is_asked_about_what_ended(editor_user: User, outcome: str) -> None:
    accepted(by=editor_user, outcome=outcome)
    asking.run(now=timezone.now() + timedelta(days=400))
    assert asked() == []


def test_nobody_is_asked_about_what_is_withdrawn(editor_user: User) -> None:
    reporting.withdraw(accepted(by=editor_user))
    asking.run(now=timezone.now() + timedelta(days=400))
    assert asked() == []


def test_the_owners_are_asked_where_the_author_left(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    left, owner = author(reuse), UserFactory.create()
    MembershipFactory.create(organisation=reuse.organisation, user=owner, role=Membership.Role.OWNER)
    Membership.objects.filter(user=left).delete()
    asking.run(now=timezone.now() + timedelta(days=366))
    assert asked() == [owner.email]


def test_an_answer_ends_the_question_and_the_year_begins_anew(editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    later = timezone.now() + timedelta(days=366)
    asking.run(now=later)
    reuse.refresh_from_db()
    assert reuse.asked_at == later
    with time_machine.travel(later + timedelta(days=10)):
        reporting.update(reuse, account=account(came_of_it="It lasts."), may_ask=False, by=author(reuse), seen=1)
        accept(reuse, by=editor_user)
    reuse.refresh_from_db()
    assert reuse.asked_at is None
    asking.run(now=later + timedelta(days=370))
    assert len(asked()) == 1
    asking.run(now=later + timedelta(days=376))
    assert len(asked()) == 2
