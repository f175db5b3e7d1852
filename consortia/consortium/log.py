"""The log of a consortium in sentences."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Entry

# By action; what is not in the table of actions is done by nobody in it.
SAID = {
    "begin": _("%(organisation)s began the draft."),
    "change_words": _("%(organisation)s changed name or summary."),
    "invite": _("%(organisation)s invited %(about)s."),
    "withdraw_invitation": _("%(organisation)s took the invitation of %(about)s back."),
    "set_part": _("%(organisation)s changed its role or action tracks."),
    "confirm": _("%(organisation)s confirmed version %(note)s."),
    "decline": _("%(organisation)s declined: %(note)s"),
    "leave": _("%(organisation)s left."),
    "remove": _("%(organisation)s removed %(about)s."),
    "hand_over": _("%(organisation)s handed the lead over to %(about)s."),
    "give_up": _("%(organisation)s gave the draft up."),
    "share": _("%(organisation)s changed what the centre sees."),
    # By staff, for no organisation.
    "remind": _("The centre reminded those who have not signed."),
    "declare": _("%(organisation)s declared the partnership: receipt %(note)s."),
    "withdraw_declaration": _("%(organisation)s withdrew the declaration %(note)s."),
    "void": _("The declaration %(note)s is void: %(organisation)s is out of it."),
    "void_merged": _("The declaration %(note)s is void: two profiles of %(organisation)s became one."),
    "fill_part": _("%(organisation)s filled in “%(note)s” of the proposal."),
    "submit": _("%(organisation)s submitted the proposal: receipt %(note)s."),
    "add_document": _("%(organisation)s added the document “%(note)s”."),
    "replace_document": _("%(organisation)s added a version of the document “%(note)s”."),
    "remove_document": _("%(organisation)s removed the document “%(note)s”."),
    "remove_version": _("%(organisation)s removed an older version of a file: %(note)s."),
    "add_note": _("%(organisation)s wrote a note."),
    "change_note": _("%(organisation)s changed a note."),
    "remove_note": _("%(organisation)s removed a note."),
    "add_task": _("%(organisation)s added the task “%(note)s”."),
    "change_task": _("%(organisation)s changed the task “%(note)s”."),
    "finish_task": _("%(organisation)s ticked the task “%(note)s” off."),
    "reopen_task": _("%(organisation)s opened the task “%(note)s” again."),
    "remove_task": _("%(organisation)s removed the task “%(note)s”."),
    "merge": _("The profiles of %(organisation)s and %(about)s became one."),
}


@dataclass(frozen=True)
class Line:
    """What happened, and who did it."""

    text: str
    person: str
    at: datetime


def line(entry: Entry) -> Line:
    """In the reader's language; read `by` along for several."""
    named = {"organisation": entry.organisation_name, "about": entry.about_name, "note": entry.note}
    return Line(str(SAID[entry.action]) % named, entry.by.get_full_name() if entry.by else "", entry.at)
