"""Undoing what changed about seats: nobody loses one, and none appears."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests import databases

NAME = "undoing_migrations"


@pytest.fixture
def url() -> Iterator[str]:
    """A migrated database that may be taken apart."""
    server = os.environ["DATABASE_URL"]
    name = f"{NAME}_{os.getpid()}"
    yield databases.copy(server, databases.migrated(server), name)
    databases.drop(server, name)


def seats(url: str, *people: tuple[str, str, str, str]) -> None:
    """An event with these people: name, address, status, and until when the seat is reserved (SQL)."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO events_event (id, uid, sequence, title, starts_at, ends_at, venue, address, online_url, "
            "updated_at) VALUES (1, gen_random_uuid(), 0, 'Meeting', now() + interval '30 days', "
            "now() + interval '31 days', '', '', '', now())"
        )
        for name, email, status, until in people:
            connection.execute(
                "INSERT INTO events_registration (uuid, event_id, name, email, organisation_name, language, "
                "access_needs, status, consent_wording, sent_as, line, reserved_until) VALUES (gen_random_uuid(), 1, "
                f"%s, %s, '', 'en', '', %s, 'Yes.', '', '', {until})".encode(),
                [name, email, status],
            )


def rows(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return set(connection.execute("SELECT name, status FROM events_registration").fetchall())


def test_colleagues_who_share_a_mailbox_all_keep_their_seats(url: str) -> None:
    shared = [("Jo", "office@example.org", "cancelled"), ("Jan", "Office@example.org", "confirmed")]
    shared += [("Mia", "office@example.org", "confirmed"), ("An", "an@example.org", "confirmed")]
    seats(url, *((*each, "NULL") for each in shared))
    before = rows(url)
    databases.manage(url, "migrate", "events", "0022")
    assert rows(url) == before
    again = (
        "INSERT INTO events_registration (uuid, event_id, name, email, organisation_name, language, access_needs, "
        "status, consent_wording) VALUES (gen_random_uuid(), 1, 'New', %s, '', 'en', '', 'confirmed', 'Yes.')"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        for taken in ("OFFICE@example.org", "An@example.org"):
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute(again, [taken])
        connection.execute(again, ["new@example.org"])
    databases.manage(url, "migrate", "events")
    assert rows(url) == before | {("New", "confirmed")}


def test_without_shared_mailboxes_the_old_rule_is_whole_again(url: str) -> None:
    seats(url, ("Jo", "jo@example.org", "confirmed", "NULL"))
    databases.manage(url, "migrate", "events", "0022")
    with psycopg.connect(url) as connection:
        (index,) = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'registration_once_per_event_and_address'"
        ).fetchone() or ("",)
    assert "UNIQUE" in index
    assert "WHERE" not in index


def test_a_seat_that_nobody_confirmed_in_time_does_not_come_back(url: str) -> None:
    seats(
        url,
        ("Late", "late@example.org", "confirmed", "now() - interval '1 minute'"),
        ("Kept", "kept@example.org", "confirmed", "now() + interval '1 hour'"),
        ("Jo", "jo@example.org", "confirmed", "NULL"),
    )
    databases.manage(url, "migrate", "events", "0023")
    assert rows(url) == {("Late", "cancelled"), ("Kept", "confirmed"), ("Jo", "confirmed")}
