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
    "declare": _("%(organisation)s declared the partnership: receipt %(note)s."),
    "withdraw_declaration": _("%(organisation)s withdrew the declaration %(note)s."),
    "void": _("The declaration %(note)s is void: %(organisation)s is out of it."),
    "void_merged": _("The declaration %(note)s is void: two profiles of %(organisation)s became one."),
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
