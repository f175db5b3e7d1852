"""The official languages of the Union: what the Publications Office calls them, and who finds their stems.

Adding one to `ALL_LANGUAGES` needs no line here; docs/operations.md lists what it does need.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class European:
    """Its code in the Publications Office's table of languages, and PostgreSQL's stemmer, if there is one."""

    authority: str
    stemmer: str = ""


EUROPEAN = {
    "bg": European("BUL"),
    "cs": European("CES"),
    "da": European("DAN", "danish"),
    "de": European("DEU", "german"),
    "el": European("ELL", "greek"),
    "en": European("ENG", "english"),
    "es": European("SPA", "spanish"),
    "et": European("EST"),
    "fi": European("FIN", "finnish"),
    "fr": European("FRA", "french"),
    "ga": European("GLE", "irish"),
    "hr": European("HRV"),
    "hu": European("HUN", "hungarian"),
    "it": European("ITA", "italian"),
    "lt": European("LIT", "lithuanian"),
    "lv": European("LAV"),
    "mt": European("MLT"),
    "nl": European("NLD", "dutch"),
    "pl": European("POL"),
    "pt": European("POR", "portuguese"),
    "ro": European("RON", "romanian"),
    "sk": European("SLK"),
    "sl": European("SLV"),
    "sv": European("SWE", "swedish"),
}
