"""One consortium of the closed call, step by step: what each step of the file leaves behind, as rows of that moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import models

from accounts.users.models import User
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration import attested as declared
from consortia.declaration.models import Declaration
from consortia.filling.contents import Slot, selection
from consortia.filling.models import Filling, TextVersion
from consortia.proposal import attested as submitted
from consortia.proposal.models import Proposal, SubmittedPart
from consortia.receipts.issuing import issue
from consortia.receipts.models import Receipt
from consortia.sign_off import text
from consortia.sign_off.models import SignOff, Version
from consortia.sign_off.versions import Standing

# What refers to another comes after it.
_ORDER: tuple[type[models.Model], ...] = (Version, SignOff, Filling, TextVersion, Proposal, SubmittedPart, Entry)


class Rows:
    """What comes of all steps of all consortia, saved in one statement for each table."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in _ORDER}

    def add(self, row: models.Model) -> None:
        """It waits, without a key."""
        self._rows[type(row)].append(row)

    def save(self) -> None:
        """All that waits."""
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows)


@dataclass(frozen=True)
class Taken:
    """A step of the file: for which organisation, about which other one, by whom, when."""

    step: Mapping[str, Any]
    own: Member
    about: Member | None
    by: User | None
    at: datetime


@dataclass
class Replay:
    """Where a consortium stands between two steps; `members` are by the slug of their organisation, the lead first."""

    made: Consortium
    told: Mapping[str, Any]
    members: dict[str, Member]
    acting: Mapping[int, User]
    parts: Mapping[str, AskedPart]
    rows: Rows
    versions: list[Version] = field(default_factory=list)
    declaration: Declaration | None = None
    _inside: set[int] = field(default_factory=set)
    # Those who said what they do in it: until then it is nothing.
    _placed: set[int] = field(default_factory=set)
    _signed: dict[int, SignOff] = field(default_factory=dict)
    _written: dict[str, TextVersion] = field(default_factory=dict)
    _submitted: int = 0

    def __post_init__(self) -> None:
        self._text = text.canonical(self.made)
        self._summary = self.told.get("first_summary", self.told["summary"])
        self._placed.add(self.lead.pk)

    @property
    def lead(self) -> Member:
        return next(iter(self.members.values()))

    @property
    def number(self) -> int:
        """Of the version that stands."""
        return self.versions[-1].number

    def take(self, step: Mapping[str, Any], at: datetime) -> None:
        """One step, with its line in the log."""
        own, about = self.members[step["by"]], self.members.get(step.get("about", ""))
        by = self.acting.get(own.organisation_id)
        said = _STEPS[step["does"]](self, Taken(step, own, about, by, at))
        entry = Entry(consortium=self.made, action=step["does"], organisation_name=own.organisation.name, note=said)
        entry.about_name, entry.by, entry.at = about.organisation.name if about else "", by, at
        self.rows.add(entry)

    def begin(self, taken: Taken) -> str:
        """With the lead alone."""
        self._inside.add(taken.own.pk)
        return self._renew(taken.at)

    def invite(self, taken: Taken) -> str:
        """From now on it is part of what is signed."""
        if taken.about:
            self._inside.add(taken.about.pk)
        return self._renew(taken.at)

    def set_part(self, taken: Taken) -> str:
        """Role and tracks are those of the file."""
        self._placed.add(taken.own.pk)
        return self._renew(taken.at)

    def change_words(self, taken: Taken) -> str:
        """The summary becomes the one that stands."""
        self._summary = self.told["summary"]
        return self._renew(taken.at)

    def confirm(self, taken: Taken) -> str:
        """The version that stands now."""
        signed = SignOff(member=taken.own, version=self.versions[-1], is_confirmed=True, by=taken.by, at=taken.at)
        self.rows.add(signed)
        self._signed[taken.own.pk] = signed
        taken.own.status = Member.Status.JOINED
        return str(self.number)

    def decline(self, taken: Taken) -> str:
        """It is out of the text."""
        said = taken.step["reason"]
        declined = SignOff(member=taken.own, version=self.versions[-1], is_confirmed=False, reason=said, by=taken.by)
        declined.at = taken.at
        self.rows.add(declined)
        taken.own.status = Member.Status.DECLINED
        taken.own.save(update_fields=["status"])
        self._inside.remove(taken.own.pk)
        self._renew(taken.at)
        return str(said)

    def declare(self, taken: Taken) -> str:
        """With a receipt of that moment."""
        standings = [
            Standing(member, self._signed[member.pk], is_signed=True)
            for member in self.members.values()
            if member.pk in self._inside
        ]
        attests = declared.attested(self.made, self.versions[-1], standings)
        receipt = issue(Receipt.Kind.DECLARATION, attests=attests, at=taken.at)
        self.declaration = Declaration.objects.create(consortium=self.made, receipt=receipt, declared_at=taken.at)
        self.made.status = Consortium.Status.DECLARED
        return receipt.number

    def withdraw_declaration(self, taken: Taken) -> str:
        """The receipt stays genuine and says so."""
        if self.declaration is None:
            raise ValueError(f"{self.made} has declared nothing that it could withdraw.")
        number = self.declaration.receipt.number
        self.declaration.ended_at, self.declaration.why = taken.at, Declaration.Why.WITHDRAWN
        self.declaration.save(update_fields=["ended_at", "why"])
        self.declaration, self.made.status = None, Consortium.Status.DRAFT
        return number

    def fill_part(self, taken: Taken) -> str:
        """The next version of a text."""
        key, words = taken.step["part"], taken.step["text"]
        last = self._written.get(key)
        filling = last.filling if last else Filling(consortium=self.made, part=self.parts[key])
        if last is None:
            self.rows.add(filling)
        written = TextVersion(filling=filling, number=last.number + 1 if last else 1, text=words, by=taken.by)
        written.sha256, written.at = sha256(words.encode()).hexdigest(), taken.at
        written.organisation_name = taken.own.organisation.name
        self.rows.add(written)
        self._written[key] = written
        return str(self.parts[key])

    def submit(self, taken: Taken) -> str:
        """All that is written by now, with a receipt of that moment."""
        self._submitted += 1
        slots = [Slot(part, self._written.get(key)) for key, part in self.parts.items()]
        attests = submitted.attested(self.made, slots, number=self._submitted)
        receipt = issue(Receipt.Kind.PROPOSAL, attests=attests, at=taken.at)
        proposal = Proposal(consortium=self.made, declaration=self.declaration, receipt=receipt, submitted_at=taken.at)
        proposal.number, proposal.selection = self._submitted, selection(slots)
        self.rows.add(proposal)
        written = [(part, self._written[key]) for key, part in self.parts.items() if key in self._written]
        for position, (part, words) in enumerate(written, start=1):
            self.rows.add(SubmittedPart(proposal=proposal, part=part, position=position, text=words))
        return receipt.number

    def _renew(self, at: datetime) -> str:
        """What is signed is another text now."""
        nothing = {"role": str(Member.Role.PARTNER), "tracks": []}
        inside = [each for each in self._text["members"] if each["key"] in self._inside]
        members = [each if each["key"] in self._placed else each | nothing for each in inside]
        summary = {code: self._summary[code] for code in sorted(self._summary)}
        now = self._text | {"summary": summary, "members": members}
        version = Version(consortium=self.made, number=len(self.versions) + 1, text=now, digest=text.digest(now))
        version.made_at = at
        self.versions.append(version)
        self.rows.add(version)
        return ""


_STEPS: dict[str, Callable[[Replay, Taken], str]] = {
    "begin": Replay.begin,
    "invite": Replay.invite,
    "set_part": Replay.set_part,
    "change_words": Replay.change_words,
    "confirm": Replay.confirm,
    "decline": Replay.decline,
    "declare": Replay.declare,
    "withdraw_declaration": Replay.withdraw_declaration,
    "fill_part": Replay.fill_part,
    "submit": Replay.submit,
}
