"""A restored backup forgets again who was erased since, and nobody else."""

from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.personal_data import erasing, forgetting, links, reading
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import Subject, of_account, of_address
from accounts.privacy.taking_out import Whole
from accounts.users.models import User
from notifications.subscriptions.models import Subscription
from tests.factories.accounts import UserFactory
from tests.factories.notifications import SubscriptionFactory
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
ADA, GUEST = "ada@example.org", "guest@example.org"


def _as_restored(account: int) -> User:
    """The database as a backup from before the erasure has it: the rows are back, the record of it is not."""
    Erasure.objects.all().delete()
    SubscriptionFactory.create(email=GUEST)
    return UserFactory.create(pk=account, email=ADA)


def test_what_was_erased_since_goes_again_and_once(erasures_folder: Path) -> None:
    ada = UserFactory.create(email=ADA)
    account = ada.pk
    erasing.erase(of_account(ada), how="person")
    SubscriptionFactory.create(email=GUEST)
    erasing.erase(Subject((GUEST,)), how="mailbox")
    kept = UserFactory.create(email="kept@example.org")
    assert "example" not in "".join(path.read_text() for path in erasures_folder.iterdir())
    _as_restored(account)
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
    ada = UserFactory.create(email=ADA)
    account = ada.pk
    token = links.guest_address(ADA, "en").rstrip("/").rpartition("/")[2]
    assert links.opened_by(token) == ADA
    erasing.erase(of_account(ada), how="person")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9  # type: ignore[attr-defined]
    assert links.opened_by(token) is None
    _as_restored(account)
    assert forgetting.replay() == 1
    assert not User.objects.exists()


def test_an_account_goes_again_under_an_earlier_address() -> None:
    ada = UserFactory.create(email="later@example.org")
    account = ada.pk
    erasing.erase(of_account(ada), how="person")
    _as_restored(account)
    assert forgetting.replay() == 1
    assert not User.objects.exists()
    assert Subscription.objects.get().email == GUEST


def test_an_account_stays_whose_former_address_somebody_else_erased() -> None:
    SubscriptionFactory.create(email=GUEST)
    erasing.erase(Subject((GUEST,)), how="mailbox")
    ada = _as_restored(2_000_000)
    EmailAddress.objects.create(user=ada, email=GUEST, verified=True)
    assert forgetting.replay() == 1
    assert User.objects.get() == ada
    assert not Subscription.objects.exists()


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


def test_what_only_looks_alike_or_holds_the_address_within_stays() -> None:
    """A domain with `ı`, a longer address, a person of the same name: each is somebody else."""
    victim, jan = "victim@gmail.com", "jan@example.org"
    SubscriptionFactory.create(email=victim)
    assert reading.counts(Subject(("victim@gmaıl.com",))) == {}
    ada = UserFactory.create(email="an@example.org", first_name="Of", last_name="The")
    about = {
        "content_type": ContentType.objects.get_for_model(User),
        "action": "wagtail.edit",
        "timestamp": timezone.now(),
    }
    said = ["the work of the centre", f"Of The wrote to {jan}", "Of The, an@example.org", "an@example.org"]
    for number, words in enumerate(said):
        ModelLogEntry.objects.create(**about, object_id=f"9{number}", label=words, data={"said": words})
    others = signed_in(UserFactory.create(email=jan))
    session = others.session
    session["email"] = jan
    session.save()
    mine = signed_in(ada).session.session_key
    EmailAddress.objects.create(user=User.objects.get(email=jan), email="an@example.org", verified=False)

    erasing.erase(of_account(ada), how="person")

    left = [
        (each.label, each.data["said"])
        for each in ModelLogEntry.objects.filter(object_id__startswith="9").order_by("pk")
    ]
    assert left == [(said[0], said[0]), (said[1], said[1]), ("–, –", "–, –"), ("", "")]
    assert Session.objects.filter(pk=session.session_key).exists()
    assert not Session.objects.filter(pk=mine).exists()
    assert not EmailAddress.objects.filter(email="an@example.org").exists()
    assert Subscription.objects.get().email == victim


def test_nothing_is_changed_before_whole_tables_are_read() -> None:
    """So that nobody waits for an event that somebody leaves meanwhile."""
    ada = UserFactory.create(email=ADA)
    SubscriptionFactory.create(email=ADA)
    with CaptureQueriesContext(connection) as asked:
        erasing.erase(of_account(ada), how="person")
    queries = [each["sql"] for each in asked]
    changed = next(at for at, sql in enumerate(queries) if sql.startswith(("UPDATE", "DELETE")))
    read = [at for at, sql in enumerate(queries) if "wagtailcore_revision" in sql and "UPPER" in sql and "<=" in sql]
    assert read
    assert max(read) < changed
    # A copy that is being written is waited for, before anything is found.
    copies = next(at for at, sql in enumerate(queries) if "accounts_datacopy" in sql and "FOR UPDATE" in sql)
    assert copies < min(read)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("john.smith@x.be", "john.smith@x.be"),
        ("smith@x.be.example", "smith@x.be.example"),
        ("smith@x.berlin, o'smith@x.be", "smith@x.berlin, o'smith@x.be"),
        ("Write to smith@X.be.", "Write to –."),
        ("<smith@x.be>, 'smith@x.be'", "<–>, '–'"),
        (" Smith@x.be ", ""),
        ({"emails": ["smith@x.be"]}, {"emails": [""]}),
        ("smıth@x.be", "smıth@x.be"),
    ],
)
def test_an_address_is_taken_out_as_a_whole(text: Any, left: Any) -> None:
    assert Whole(["smith@x.be"]).without(text) == left
