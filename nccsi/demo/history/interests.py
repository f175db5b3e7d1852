"""Who was interested in the closed call. Nobody is shown to others: none of them said so."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, override

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.forms import CONSENT_WORDING
from consortia.interest.models import Contribution, Interest
from hub.vocabularies.models import Term, Vocabulary
from nccsi.demo.contents.participants import HOST
from nccsi.demo.reading import moments
from nccsi.demo.reading.terms import Terms
from partners.organisations.models import Organisation


def load(call: Call, told: list[dict[str, Any]], terms: Terms, people: Mapping[str, User]) -> int:
    """Those of the file, confirmed when they came; returns how many."""
    organisations = Organisation.objects.in_bulk([each["organisation"] for each in told], field_name="slug")
    made = [_interest(call, each, organisations[each["organisation"]], people.get(each.get("by", ""))) for each in told]
    Interest.objects.bulk_create(made)
    Contribution.objects.bulk_create(
        Contribution(interest=interest, track=terms.the(Vocabulary.TRACK, code), how=how)
        for interest, each in zip(made, told, strict=True)
        for code, how in each["how"].items()
    )
    sought = {term.code: term for term in Term.objects.filter(vocabulary__in=(Vocabulary.TRACK, Vocabulary.SECTOR))}
    seeks = Interest.seeks.through
    seeks.objects.bulk_create(
        seeks(interest=interest, term=sought[code])
        for interest, each in zip(made, told, strict=True)
        for code in each["seeks"]
    )
    return len(made)


def _interest(call: Call, told: dict[str, Any], organisation: Organisation, by: User | None) -> Interest:
    """Of a login, or of somebody whose address leads nowhere."""
    language, at = by.mail_language if by else organisation.original_language, moments.told(told["at"])
    with override(language):
        contact = gettext("Contact of %(organisation)s") % {"organisation": organisation.name}
        wording = str(CONSENT_WORDING)
    return Interest(
        call=call,
        organisation=organisation,
        organisation_name=organisation.name,
        sector_id=organisation.sector_id,
        contact_name=by.get_full_name() if by else contact,
        email=by.email if by else f"{organisation.slug}@{HOST}",
        user=by,
        language=language,
        role=told["role"],
        offers=told["offers"],
        looks_for=told["looks_for"],
        status=Interest.Status.CONFIRMED,
        consent_wording=wording,
        created_at=at,
        confirmed_at=at,
    )
