"""What lists show of an organisation."""

from dataclasses import dataclass

from partners.organisations.models import Organisation


@dataclass(frozen=True)
class Card:
    """An organisation in a list, in the reader's language where it has words in it."""

    name: str
    url: str
    sector: str
    sector_code: str
    country: str
    summary: str
    language: str


def card(organisation: Organisation, language: str) -> Card:
    """`language` of the card is set when its words are not in the reader's language. Prefetch with `with_facts`."""
    text = organisation.text_in(language)
    return Card(
        name=organisation.name,
        url=organisation.get_absolute_url(),
        sector=str(organisation.sector),
        sector_code=organisation.sector.code,
        country=str(organisation.country),
        summary=text.summary if text else "",
        language=text.language if text and text.language != language else "",
    )
