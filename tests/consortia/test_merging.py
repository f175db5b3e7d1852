"""A database in which spellings of one organisation had interests of their own: one goes on, and nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.users.models import User
from consortia.coverage.coverage import coverage
from consortia.interest import links
from consortia.interest.models import Interest
from consortia.interest.registration import withdraw
from hub.vocabularies.models import Term
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("set_up_anew")]

BEFORE = ("consortia", "0001_interests")
RENAMED = {"motivation": "offers"}
START = datetime(2030, 1, 1, tzinfo=UTC)


def migrate(target: tuple[str, str]) -> Any:
    """The models of the apps in the state that the database is in then."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


def migrate_to_now() -> None:
    """As the code of today has it."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def earlier() -> Iterator[Any]:
    """The interest as it was kept before; whatever happens, the database is as it was afterwards."""
    call = public_call()
    try:
        yield call, migrate(BEFORE).get_model("consortia", "Interest")
    finally:
        migrate_to_now()


def keep(earlier: Any, name: str, status: str = "confirmed", *, day: int = 0, **facts: Any) -> Any:
    call, model = earlier
    moment = START + timedelta(days=day)
    values = {
        "call_id": call.pk,
        "sector_id": Term.objects.of("sector")[0].pk,
        "email": "ville@example.org",
        "contact_name": f"Who wrote {name}",
        "language": "fr",
        "consent_wording": "Agreed.",
        "created_at": moment,
        "confirmed_at": moment if status == "confirmed" else None,
    } | facts
    kept = model.objects.create(organisation_name=name, status=status, **values)
    kept.tracks.set(Term.objects.of("track").values_list("pk", flat=True)[: 1 + day])
    return kept


def facts(model: Any) -> dict[int, dict[str, Any]]:
    """All that is kept of every interest, with its tracks, under the names of today."""
    tracks = {each.pk: sorted(each.tracks.values_list("pk", flat=True)) for each in model.objects.all()}
    return {
        row["id"]: {**{RENAMED.get(name, name): value for name, value in row.items()}, "tracks": tracks[row["id"]]}
        for row in model.objects.values()
    }


def standing() -> list[tuple[str, str]]:
    return [(each.organisation_name, str(each.status)) for each in Interest.objects.order_by("created_at", "pk")]


def test_the_latest_that_counts_goes_on_and_the_others_stay_to_be_read(earlier: Any) -> None:
    keep(earlier, "Ville de Liège", motivation="A building.")
    keep(earlier, "ville de liege", day=1, motivation="A boat.")
    keep(earlier, "VILLE-DE-LIEGE", "pending", day=2)
    keep(earlier, "Ville de Liege!", "withdrawn", day=3)
    keep(earlier, "Ville de Liers", day=4)
    keep(earlier, "Ville de Liège", day=5, email="other@example.org")
    before = facts(earlier[1])
    migrate_to_now()
    kept = Interest.objects.get(organisation_name="ville de liege")
    assert standing() == [
        ("Ville de Liège", "merged"),
        ("ville de liege", "confirmed"),
        ("VILLE-DE-LIEGE", "merged"),
        ("Ville de Liege!", "withdrawn"),
        ("Ville de Liers", "confirmed"),
        ("Ville de Liège", "confirmed"),
    ]
    assert [each.organisation_name for each in kept.merged.order_by("pk")] == [
        "Ville de Liège",
        "VILLE-DE-LIEGE",
        "Ville de Liege!",
    ]
    assert coverage(earlier[0]).number == 3
    after = facts(Interest)
    for key, row in before.items():
        assert {name: after[key][name] for name in row} == row | {"status": after[key]["status"]}


def test_the_way_back_lets_each_count_as_it_did(earlier: Any) -> None:
    keep(earlier, "Ville de Liège")
    keep(earlier, "ville de liege", day=1)
    keep(earlier, "VILLE-DE-LIEGE", "pending", day=2)
    keep(earlier, "Ville de Liege!", "withdrawn", day=3)
    before = facts(earlier[1])
    migrate_to_now()
    migrate(BEFORE)
    assert facts(earlier[1]) == before


def test_the_way_back_takes_the_last_words_where_a_spelling_was_sent_again(earlier: Any) -> None:
    keep(earlier, "Ville de Liège", "pending")
    keep(earlier, "ville de liege", "pending", day=1)
    migrate_to_now()
    Interest.objects.filter(status="pending").update(organisation_name="Ville de Liège")
    migrate(BEFORE)
    row = earlier[1].objects.get()
    assert (row.organisation_name, row.status, row.created_at) == (
        "Ville de Liège",
        "pending",
        START + timedelta(days=1),
    )


def test_what_goes_on_takes_over_whose_it_is_and_the_answers_that_wait(earlier: Any, client: Client) -> None:
    user, organisation = UserFactory.create(), OrganisationFactory.create(name="Ville de Liège")
    sector, track = Term.objects.of("sector")[1], Term.objects.of("track")[0]
    waiting = {
        "sector": sector.pk,
        "contact_name": "Somebody new",
        "role": "lead",
        "tracks": [track.pk],
        "motivation": "A boat.",
        "consent_wording": "Agreed.",
        "language": "fr",
    }
    proposed = {RENAMED.get(name, name): value for name, value in waiting.items()}
    old = keep(earlier, "Ville de Liège", user_id=user.pk, organisation_id=organisation.pk, proposed=waiting)
    new = keep(earlier, "ville de liege", day=1)
    migrate_to_now()
    kept = Interest.objects.get(pk=new.pk)
    assert (kept.user, kept.organisation, kept.proposed) == (User.objects.get(), organisation, proposed)
    link = links.correction_token(Interest.objects.get(pk=old.pk))
    with translation.override("en"):
        answer = client.post(reverse("consortia:correct_interest", args=[link]))
    assert answer.status_code == 302
    kept.refresh_from_db()
    assert (kept.contact_name, kept.role, kept.offers) == ("Somebody new", "lead", "A boat.")


def test_links_in_mails_about_a_spelling_lead_to_what_goes_on(earlier: Any) -> None:
    old, new = keep(earlier, "Ville de Liège", "pending"), keep(earlier, "ville de liege", "pending", day=1)
    gone = keep(earlier, "Ville-de-Liege", "withdrawn", day=2)
    migrate_to_now()
    kept = Interest.objects.get(pk=new.pk)
    for name in (old.pk, new.pk):
        mailed = Interest.objects.get(pk=name)
        assert links.interest_to_withdraw(links.withdraw_token(mailed)) == kept
        assert links.interest_to_confirm(links.confirm_token(mailed)) == kept
    assert links.interest_to_confirm(links.confirm_token(Interest.objects.get(pk=gone.pk))) is None
    withdraw(kept)
    assert {each.status for each in Interest.objects.all()} == {"withdrawn"}
    assert links.interest_to_confirm(links.confirm_token(Interest.objects.get(pk=old.pk))) is None


def test_of_one_organisation_what_counts_goes_on(earlier: Any) -> None:
    """Whoever of its people sent the form; links in the mails of the others lead to it."""
    organisation = OrganisationFactory.create()
    named = {"organisation_id": organisation.pk}
    kept = keep(earlier, "Ville de Liège", email="first@example.org", **named)
    later = keep(earlier, "Ville de Liège", "pending", day=1, email="second@example.org", **named)
    spelling = keep(earlier, "ville de liege", "pending", email="second@example.org", **named)
    gone = keep(earlier, "Ville de Liège", "withdrawn", day=3, email="third@example.org", **named)
    migrate_to_now()
    found = {each.pk: (str(each.status), each.merged_into_id) for each in Interest.objects.all()}
    assert found == {
        kept.pk: ("confirmed", None),
        later.pk: ("merged", kept.pk),
        spelling.pk: ("merged", kept.pk),
        gone.pk: ("withdrawn", None),
    }


def test_the_way_back_forgets_what_is_new_and_keeps_the_rest(earlier: Any) -> None:
    interest = keep(earlier, "Ville de Liège", motivation="A building.")
    migrate_to_now()
    now = Interest.objects.get()
    contribution = now.contributions.get()
    contribution.how = "With money."
    contribution.save()
    now.seeks.set(Term.objects.of("sector"))
    now.role, now.is_shown, now.looks_for = "associate", True, "People."
    now.proposed = {"role": "associate", "offers": "A boat.", "tracks": [contribution.track_id], "how": {}, "seeks": []}
    now.save()
    migrate(BEFORE)
    row = earlier[1].objects.get(pk=interest.pk)
    assert (row.role, row.motivation) == ("partner", "A building.")
    assert list(row.tracks.values_list("pk", flat=True)) == [contribution.track_id]
    assert row.proposed == {"role": "partner", "motivation": "A boat.", "tracks": [contribution.track_id]}
