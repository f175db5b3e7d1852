"""A conflict in one sentence: about the reviewer, without naming them."""

from django.utils.translation import gettext

from consortia.conflicts.computing import Conflict
from consortia.conflicts.models import Kind
from hub.dates.words import day


def reason(conflict: Conflict) -> str:
    """In the reader's language."""
    facts = {"organisation": conflict.partner_name, "detail": conflict.detail, "day": day(conflict.until)}
    return _sentence(conflict) % facts


def _sentence(conflict: Conflict) -> str:
    return {
        Kind.MEMBER: gettext("Acts for the partner %(organisation)s."),
        Kind.FORMER: gettext("Acted for the partner %(organisation)s until %(day)s."),
        Kind.RIVAL: gettext("Acts for %(organisation)s, a partner in “%(detail)s”, another consortium of this call."),
        Kind.FORMER_RIVAL: gettext(
            "Acted until %(day)s for %(organisation)s, a partner in “%(detail)s”, another consortium of this call."
        ),
        Kind.DRAFT: gettext(
            "Acts for an organisation in a draft that can still be declared in this call. Drafts are confidential, so "
            "neither of the two is named here."
        ),
        Kind.FORMER_DRAFT: gettext(
            "Acted lately for an organisation in a draft that can still be declared in this call. Drafts are "
            "confidential, so neither of the two is named here."
        ),
        Kind.DOMAIN: gettext("Has a mailbox at %(detail)s, as the partner %(organisation)s does."),
        Kind.FORMER_DOMAIN: gettext(
            "Had a mailbox until %(day)s at %(detail)s, where the partner %(organisation)s is at home."
        ),
        Kind.INTRODUCTION: gettext(
            "Was introduced, for %(detail)s, to the partner %(organisation)s, and the introduction was accepted."
        ),
        Kind.DECLARED: gettext("Declared by the reviewer: %(detail)s"),
    }[conflict.kind]
