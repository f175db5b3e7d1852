"""The official languages of the Union: what the Publications Office calls them, who finds their stems, how they
write the names of languages.

Adding one to `ALL_LANGUAGES` needs no line here; docs/operations.md lists what it does need.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class European:
    """Its code in the Publications Office's table of languages, and PostgreSQL's stemmer, if there is one.

    `capitals` says that names of languages begin with a capital also in the middle of a sentence; most begin small.
    """

    authority: str
    stemmer: str = ""
    capitals: bool = False


EUROPEAN = {
    "bg": European("BUL"),
    "cs": European("CES"),
    "da": European("DAN", "danish"),
    "de": European("DEU", "german", capitals=True),
    "el": European("ELL", "greek"),
    "en": European("ENG", "english", capitals=True),
    "es": European("SPA", "spanish"),
    "et": European("EST"),
    "fi": European("FIN", "finnish"),
    "fr": European("FRA", "french"),
    "ga": European("GLE", "irish", capitals=True),
    "hr": European("HRV"),
    "hu": European("HUN", "hungarian"),
    "it": European("ITA", "italian"),
    "lt": European("LIT", "lithuanian"),
    "lv": European("LAV"),
    "mt": European("MLT", capitals=True),
    "nl": European("NLD", "dutch", capitals=True),
    "pl": European("POL"),
    "pt": European("POR", "portuguese"),
    "ro": European("RON", "romanian"),
    "sk": European("SLK"),
    "sl": European("SLV"),
    "sv": European("SWE", "swedish"),
}
