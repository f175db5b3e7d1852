"""What a receipt attests of a declaration, and how pages tell it."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from consortia.consortium.models import Consortium
from consortia.declaration.models import Declaration
from consortia.receipts.models import Receipt
from consortia.receipts.telling import Told
from consortia.sign_off.models import Version
from consortia.sign_off.versions import Standing
from hub.dates.words import moment
from hub.languages.reading_order import languages_for


def attested(consortium: Consortium, version: Version, standings: list[Standing]) -> dict[str, Any]:
    """The text that all signed, with who takes part; plain JSON, and no name of a person."""
    call = consortium.call
    title = {code: call.title.localize(code) for code, _name in settings.LANGUAGES}
    by_key = {each["key"]: each for each in version.text["members"]}
    return {
        "call": {"key": call.pk, "reference": call.reference, "title": title},
        "consortium": {
            "key": str(consortium.uuid),
            "name": version.text["name"],
            "summary": version.text["summary"],
            "version": version.number,
            "version_sha256": version.digest,
        },
        "organisations": [
            {
                "name": each.member.organisation.name,
                "country": each.member.organisation.country.code,
                "lead": by_key[each.member.pk]["lead"],
                "role": by_key[each.member.pk]["role"],
                "tracks": by_key[each.member.pk]["tracks"],
            }
            for each in standings
        ],
    }


def tell(said: dict[str, Any], receipt: Receipt | None) -> Told:
    """In the reader's language."""
    titles = said["call"]["title"]
    order = languages_for(get_language() or settings.LANGUAGE_CODE)
    title = next((titles[code] for code in order if titles.get(code)), "")
    names = [
        gettext("%(name)s (leads)") % {"name": each["name"]} if each["lead"] else each["name"]
        for each in said["organisations"]
    ]
    lines = [
        (gettext("Consortium"), said["consortium"]["name"]),
        (gettext("Call"), title),
        (gettext("Organisations"), "; ".join(names)),
    ]
    declaration = Declaration.objects.filter(receipt=receipt).first() if receipt else None
    return Told(gettext("Declaration of a partnership"), lines, *_standing(declaration))


def _standing(declaration: Declaration | None) -> tuple[bool, str, str]:
    if declaration is None:
        return False, gettext("Whether it still stands is not known here any more."), ""
    if declaration.ended_at is None:
        return True, gettext("The declaration stands."), ""
    later = Declaration.objects.filter(consortium=declaration.consortium_id, pk__gt=declaration.pk)
    replaced = later.standing().select_related("receipt").first()
    at = {"at": moment(declaration.ended_at)}
    if declaration.why == Declaration.Why.VOID:
        said = gettext("The declaration is void since %(at)s: an organisation is out of the consortium.") % at
    else:
        said = gettext("The declaration was withdrawn: %(at)s.") % at
    if replaced is None:
        return False, said, ""
    return False, f"{said} {gettext('Another declaration took its place.')}", replaced.receipt.number
