"""A restored backup forgets again who was erased since, and nobody else."""

from pathlib import Path

import pytest

from accounts.personal_data import erasing, forgetting, reading
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import Subject, of_account, of_address
from accounts.users.models import User
from notifications.subscriptions.models import Subscription
from tests.factories.accounts import UserFactory
from tests.factories.notifications import SubscriptionFactory

pytestmark = pytest.mark.django_db
ADA, GUEST = "ada@example.org", "guest@example.org"


def _as_restored() -> None:
    """The database as a backup from before the erasure has it: the rows are back, the record of it is not."""
    Erasure.objects.all().delete()
    UserFactory.create(email=ADA)
    SubscriptionFactory.create(email=GUEST)


def test_what_was_erased_since_goes_again_and_once(erasures_folder: Path) -> None:
    erasing.erase(of_account(UserFactory.create(email=ADA)), how="person")
    SubscriptionFactory.create(email=GUEST)
    erasing.erase(Subject((GUEST,)), how="mailbox")
    kept = UserFactory.create(email="kept@example.org")
    assert "example" not in "".join(path.read_text() for path in erasures_folder.iterdir())
    _as_restored()
    assert forgetting.replay() == 2
    assert list(User.objects.all()) == [kept]
    assert not Subscription.objects.exists()
    assert Erasure.objects.count() == 2
    assert forgetting.replay() == 0


def test_who_came_back_after_an_erasure_on_record_stays() -> None:
    erasing.erase(of_account(UserFactory.create(email=ADA)), how="person")
    back = UserFactory.create(email=ADA)
    assert forgetting.replay() == 0
    assert User.objects.get() == back


def test_an_earlier_key_still_finds_them(settings: pytest.FixtureRequest) -> None:
    erasing.erase(of_account(UserFactory.create(email=ADA)), how="person")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9  # type: ignore[attr-defined]
    _as_restored()
    assert forgetting.replay() == 1


def test_staff_are_refused_and_the_second_time_changes_nothing() -> None:
    with pytest.raises(erasing.StaffError):
        erasing.erase(of_account(UserFactory.create(email="staff@example.org", is_staff=True)), how="person")
    subject = of_account(UserFactory.create(email=ADA))
    assert erasing.erase(subject, how="person") == erasing.erase(Subject(subject.emails), how="mailbox")
    assert Erasure.objects.count() == 1


def test_an_address_that_nobody_proved_opens_nothing() -> None:
    SubscriptionFactory.create(email=GUEST)
    user = UserFactory.create(email=GUEST, verified=False)
    assert set(reading.counts(of_account(user))) == {"accounts.user.pk"}
    assert "notifications.subscription.user" in reading.counts(of_address(GUEST))
