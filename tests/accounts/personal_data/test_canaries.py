"""Somebody is erased: nothing of theirs is left in any table, version, mail, upload or dump, and all of others'."""

import io
import json
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from accounts.my_data import copies
from accounts.personal_data import declarations, erasing, reading
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import Subject, of_account
from accounts.users.models import User
from notifications.outbox import outbox
from notifications.outbox.models import Message
from tests.access import world as portal
from tests.accounts.personal_data import canaries

CANARY, OTHERS = "kanarievogel", "nachtegaal"
# What only staff do, or what is on record for good as it was: its rows name nobody, `test_enumeration` sees to that.
NOT_IN_THIS_WORLD = {kind.key for kind in declarations.all_kinds() if kind.stays and kind.why == declarations.WHY}


def _mine(word: str, subject: Subject) -> tuple[str, ...]:
    return (word, subject.name, *subject.emails)


def _packed(subject: Subject) -> str:
    file = io.BytesIO()
    copies.pack(file, subject)
    with ZipFile(file) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.usefixtures("set_up_anew", "english")
def test_everything_goes_and_nothing_of_others(tmp_path: Path) -> None:
    portal.build()
    people = {name: User.objects.get(email__startswith=portal.MARKS[name]) for name in ("partner", "other")}
    for user in people.values():
        canaries.fill(user)
    mine, others = (of_account(people[name]) for name in ("partner", "other"))
    planted = canaries.plant(mine, CANARY)
    canaries.plant(others, OTHERS)
    assert {kind.key for kind in declarations.all_kinds()} - NOT_IN_THIS_WORLD - planted == WITHOUT_A_ROW
    assert copies.write_due() == 2
    before = canaries.rows_with(*_mine(OTHERS, others))
    assert canaries.rows_with(*_mine(CANARY, mine))
    assert canaries.files_with(*_mine(CANARY, mine))
    packed = _packed(mine)
    assert CANARY in packed
    assert OTHERS not in packed
    assert not any(word in packed for word in _mine(OTHERS, others))

    erasure = erasing.erase(mine, how=Erasure.How.PERSON)
    assert list(canaries.rows_with(*_mine(CANARY, mine))) == ["notifications_message"]  # the certificate
    Message.objects.filter(status="queued").update(status="sent", sent_at=timezone.now() - timedelta(hours=2))
    assert outbox.forget_last() == 1

    assert canaries.rows_with(*_mine(CANARY, mine)) == {}
    assert canaries.files_with(*_mine(CANARY, mine)) == []
    assert canaries.dump_with(tmp_path, *_mine(CANARY, mine)) == 0
    assert canaries.dump_with(tmp_path, OTHERS) > 0
    assert canaries.rows_with(*_mine(OTHERS, others)) == before
    # What is left is what was said to stay.
    left = {key for key, number in erasure.kept.items() if number}
    assert left <= {kind.key for kind in declarations.all_kinds() if kind.stays}
    assert reading.counts(Subject(mine.emails)) == {}
    assert json.dumps(erasure.removed).count("@") == 0


# Their words are asked for by staff alone, and stay: `test_enumeration` sees that nothing else is said of them.
WITHOUT_A_ROW = {"consortia.judgement.reviewer-user", "consortia.mark.judgement-reviewer-user"}
