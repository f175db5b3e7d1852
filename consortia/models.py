"""The models of all rooms, where Django looks for them; nothing else imports this."""

from consortia.consortium.models import Consortium, Entry, Member
from consortia.documents.models import Document
from consortia.files.models import FileVersion, StoredFile, Upload
from consortia.interest.models import Contribution, Interest
from consortia.introductions.models import Introduction
from consortia.notes.models import Note
from consortia.rules.models import CallRules
from consortia.sign_off.models import SignOff, Version
from consortia.to_do.models import Task

__all__ = [
    "CallRules",
    "Consortium",
    "Contribution",
    "Document",
    "Entry",
    "FileVersion",
    "Interest",
    "Introduction",
    "Member",
    "Note",
    "SignOff",
    "StoredFile",
    "Task",
    "Upload",
    "Version",
]
