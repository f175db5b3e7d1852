"""The models of all rooms, where Django looks for them; nothing else imports this."""

from consortia.asked_parts.models import AskedPart
from consortia.conflicts.models import FormerMailbox, Lifting, Statement
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration.models import Declaration
from consortia.documents.models import Document
from consortia.files.models import FileVersion, StoredFile, Upload
from consortia.filling.models import Filling, TextVersion
from consortia.interest.models import Contribution, Interest
from consortia.introductions.models import Introduction
from consortia.notes.models import Note
from consortia.outcomes.models import Outcome, Release
from consortia.proposal.models import Proposal, SubmittedPart
from consortia.receipts.models import Receipt, SigningKey
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion, Judgement, Mark
from consortia.rules.models import CallRules
from consortia.sign_off.models import SignOff, Version
from consortia.time_stamps.models import ReceiptTimeStamp, StampingPause
from consortia.to_do.models import Task

__all__ = [
    "AskedPart",
    "CallRules",
    "Consortium",
    "Contribution",
    "Criterion",
    "Declaration",
    "Document",
    "Entry",
    "FileVersion",
    "Filling",
    "FormerMailbox",
    "Interest",
    "Introduction",
    "Judgement",
    "Lifting",
    "Mark",
    "Member",
    "Note",
    "Outcome",
    "Proposal",
    "Receipt",
    "ReceiptTimeStamp",
    "Release",
    "Reviewer",
    "SignOff",
    "SigningKey",
    "StampingPause",
    "Statement",
    "StoredFile",
    "SubmittedPart",
    "Task",
    "TextVersion",
    "Upload",
    "Version",
]
