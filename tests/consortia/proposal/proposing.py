"""A declared consortium whose call asks for a text and a file, and how they are filled."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium
from consortia.files.models import FileVersion
from consortia.filling import sending, writing
from consortia.filling.models import Filling, TextVersion
from consortia.proposal import submitting
from consortia.receipts import clock
from consortia.receipts.models import Receipt
from tests.consortia.drafts.drafting import Draft, new_draft
from tests.consortia.drafts.working import pdf

SUMMARY = {"en": "Summary", "nl": "Samenvatting", "fr": "Résumé", "de": "Zusammenfassung"}


def text_part(call: Call, **facts: Any) -> AskedPart:
    """The first one of the call, made if there is none."""
    known = AskedPart.objects.filter(call=call, kind="text").first()
    told: dict[str, Any] = {"title": SUMMARY, "limit": 100, **facts}
    return known or AskedPart.objects.create(call=call, kind="text", **told)


def file_part(call: Call, **facts: Any) -> AskedPart:
    told: dict[str, Any] = {"title": {"en": "Budget"}, "position": 2, "endings": ["pdf"], **facts}
    return AskedPart.objects.create(call=call, kind="file", **told)


def filled(consortium: Consortium, part: AskedPart, text: str = "We build.") -> TextVersion:
    """Not through the verb, so that the log says nothing of it."""
    filling, _made = Filling.objects.get_or_create(consortium=consortium, part=part)
    known = filling.texts.first()
    return known or TextVersion.objects.create(
        filling=filling, number=1, text=text, sha256="0" * 64, organisation_name="Lead", at=clock.now()
    )


class Proposing:
    """A declared draft with the two parts, and its verbs, by the person of a role."""

    def __init__(self) -> None:
        self.draft: Draft = new_draft()
        self.draft.make_ready()
        self.draft.declare()
        self.draft.refresh()
        self.call, self.consortium = self.draft.call, self.draft.consortium
        due_at = clock.now() + timedelta(days=60)
        Deadline.objects.create(call=self.call, label="Submit", due_at=due_at, governs="proposal", has_time=True)
        self.text, self.file = text_part(self.call), file_part(self.call)

    def person(self, role: Role = Role.LEAD_OWNER) -> User:
        return self.draft.people[role]

    def write(self, words: str = "We build.", *, was: int = 0, role: Role = Role.LEAD_OWNER) -> TextVersion | None:
        return writing.write(self.consortium, self.text, text=words, was=was, by=self.person(role))

    def send(self, upload: SimpleUploadedFile | None = None, role: Role = Role.LEAD_OWNER) -> FileVersion | None:
        return sending.send(self.consortium, self.file, upload or pdf(), by=self.person(role))

    def submit(self, role: Role = Role.LEAD_OWNER, **seen: Any) -> Receipt:
        return submitting.submit(self.consortium, by=self.person(role), **seen)

    def fill(self) -> None:
        self.write()
        self.send()

    def move_deadline(self, **by: float) -> None:
        """Of the proposal, from now."""
        proposal = Deadline.objects.filter(call=self.call, governs=Deadline.Governs.PROPOSAL)
        proposal.update(due_at=clock.now() + timedelta(**by))


@pytest.fixture
def proposing(db: Any, tmp_path: Any, settings: Any) -> Proposing:
    settings.MEDIA_ROOT = str(tmp_path)
    return Proposing()
