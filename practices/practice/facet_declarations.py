"""What a practice is described and narrowed by: each facet is declared here, once.

From this list follow the checks of the model, the lists of the editor, the keys in the library's entries, the filters
of page, open data, feeds, followed searches and admin, the columns of spreadsheets, the line on a practice's page, and
the addresses that are kept whole for everyone. The database counts the same parts: a new facet needs its name in
`practices_parts` of `practices/sql/entries.sql`, as told under *The schema* in `docs/architecture.md` (before a release
in place; afterwards with a migration); `manage.py makemigrations` writes those of `hub` and `practices`.
`tests/practices/library/test_facet_declarations.py` compares all of them.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answers(Enum):
    """What a practice can say to one of these."""

    ONE = auto()  # a term of the vocabulary of this name, a foreign key of the practice
    SEVERAL = auto()  # terms of it, among `Practice.terms`
    LANGUAGES = auto()  # those that it has words in
    YEAR = auto()  # since when it is in use
    RECORD = auto()  # what records about it come to: one of the choices in `practices/search/keys.py`
    RECORDS = auto()  # what they say of it: any of the choices there


class Group(Enum):
    """Where in the editor a list of terms stands."""

    ABOUT = auto()
    HOW = auto()
    WHERE = auto()
    GOALS = auto()


class Section(Enum):
    """Where on a practice's page a facet has its line."""

    GLANCE = auto()
    TAKES = auto()
    WHERE = auto()


@dataclass(frozen=True)
class Line:
    """The plain line of a facet on a practice's page: a label, and the answers behind it."""

    section: Section = Section.GLANCE
    # Among the plain lines of its section; what is equal stands as in the library.
    order: int = 100
    # Where the page calls it otherwise than the library does.
    label: str | Promise = ""
    # Whether each answer leads to the practices that have it, too.
    linked: bool = False
    # Whether the code stands before the label: people know it.
    with_code: bool = False


@dataclass(frozen=True)
class FacetDeclaration:
    """One of them; `name` is also the parameter of addresses and the field of the open data.

    `place` is where it stands on the library's page, and the number of its part in the keys of an entry. What has none
    describes a practice without narrowing the library.
    """

    name: str
    label: str | Promise
    answers: Answers
    place: int | None
    # What the description of the open data says of it.
    meaning: str
    # Of several terms: the heading of their list in the editor, and the group of lists in which it stands there.
    many: str | Promise = ""
    group: Group = Group.ABOUT
    # Whether it is shown on arrival and not behind "more filters".
    at_once: bool = False
    # Whether what there is most of comes first, in long lists without an order of their own; ladders keep theirs.
    by_count: bool = False
    # How a practice's page tells it. None where a template draws it in a look of its own, or nothing shows it.
    line: Line | None = field(default_factory=Line)


# In the order of columns and of the open data.
DECLARATIONS: tuple[FacetDeclaration, ...] = (
    FacetDeclaration("kind", _("Kind"), Answers.ONE, 0, "Good practice, method or tool.", at_once=True, line=None),
    FacetDeclaration(
        "theme",
        _("Theme"),
        Answers.SEVERAL,
        1,
        "Theme: a principle of the European Pillar of Social Rights.",
        many=_("Themes"),
        group=Group.ABOUT,
        at_once=True,
        by_count=True,
        line=None,
    ),
    FacetDeclaration(
        "target",
        _("Target group"),
        Answers.SEVERAL,
        2,
        "Target group.",
        many=_("Target groups"),
        group=Group.ABOUT,
        at_once=True,
        by_count=True,
        line=None,
    ),
    FacetDeclaration("stage", _("Stage"), Answers.ONE, 3, "How far it has come, from 1 to 6.", at_once=True, line=None),
    FacetDeclaration(
        "scaling",
        _("Scaling route"),
        Answers.SEVERAL,
        9,
        "How it spreads: out, up or deep.",
        many=_("Scaling routes"),
        group=Group.HOW,
        line=Line(Section.WHERE, 4, label=_("How it grows")),
    ),
    FacetDeclaration(
        "evidence", _("Evidence"), Answers.ONE, 4, "How sure it is that it works, from 1 to 5.", at_once=True, line=None
    ),
    FacetDeclaration(
        "sector",
        _("Sector"),
        Answers.SEVERAL,
        8,
        "Who took part: the corners of the pentagon.",
        many=_("Sectors that took part"),
        group=Group.HOW,
        line=None,
    ),
    FacetDeclaration(
        "track",
        _("Action track"),
        Answers.SEVERAL,
        10,
        "Action track of the centre.",
        many=_("Action tracks"),
        group=Group.HOW,
    ),
    FacetDeclaration(
        "sdg",
        _("Sustainable Development Goal"),
        Answers.SEVERAL,
        12,
        "Sustainable Development Goal.",
        many=_("Sustainable Development Goals"),
        group=Group.GOALS,
        line=Line(label=_("Sustainable Development Goals"), with_code=True),
    ),
    FacetDeclaration(
        "esf",
        _("ESF+ objective"),
        Answers.SEVERAL,
        None,
        "Objective of the European Social Fund Plus.",
        many=_("ESF+ objectives"),
        group=Group.GOALS,
        line=None,
    ),
    FacetDeclaration(
        "country",
        _("Country"),
        Answers.SEVERAL,
        6,
        "Country, by ISO 3166-1.",
        many=_("Countries"),
        group=Group.WHERE,
        at_once=True,
        by_count=True,
        line=Line(Section.WHERE, 1, linked=True),
    ),
    FacetDeclaration(
        "region",
        _("Region"),
        Answers.SEVERAL,
        7,
        "Region, by NUTS.",
        many=_("Regions"),
        group=Group.WHERE,
        line=Line(Section.WHERE, 2, linked=True),
    ),
    FacetDeclaration(
        "reach", _("Reach"), Answers.ONE, 11, "From a neighbourhood to several countries.", line=Line(Section.TAKES)
    ),
    FacetDeclaration("cost", _("Cost per year"), Answers.ONE, 5, "Band of cost per year.", at_once=True, line=None),
    FacetDeclaration(
        "language", _("Language"), Answers.LANGUAGES, 13, "Language there are words in, by ISO 639-1.", line=None
    ),
    FacetDeclaration(
        "year",
        _("In use since"),
        Answers.YEAR,
        14,
        "In use since this year.",
        line=Line(Section.WHERE, 3, label=_("Since")),
    ),
    FacetDeclaration(
        "uptake", _("Reuse"), Answers.RECORD, 15, "Whether anybody else is known to have taken it up.", line=None
    ),
    FacetDeclaration(
        "outcome", _("What came of reuse"), Answers.RECORDS, 16, "What came of it where it was taken up.", line=None
    ),
    FacetDeclaration(
        "policy", _("Policy level"), Answers.RECORDS, 17, "At which level policy took it up, or could.", line=None
    ),
)


def columns(*answers: Answers) -> tuple[str, ...]:
    """The names of all that are answered so, in the order of columns."""
    return tuple(each.name for each in DECLARATIONS if each.answers in answers)


def in_place() -> tuple[FacetDeclaration, ...]:
    """Those that the library can be narrowed by, as its page has them."""
    placed = [(each.place, each) for each in DECLARATIONS if each.place is not None]
    return tuple(each for _place, each in sorted(placed, key=lambda pair: pair[0]))


def of_group(group: Group) -> list[FacetDeclaration]:
    """Those whose lists the editor shows together; what has no place comes last."""
    several = [each for each in DECLARATIONS if each.answers is Answers.SEVERAL and each.group is group]
    return sorted(several, key=_rank)


def of_section(section: Section) -> list[tuple[FacetDeclaration, Line]]:
    """Those that have a plain line in this part of a practice's page, in its order."""
    lines = [(each, each.line) for each in DECLARATIONS if each.line and each.line.section is section]
    return sorted(lines, key=lambda pair: (pair[1].order, _rank(pair[0])))


def _rank(facet: FacetDeclaration) -> int:
    """Where it comes among all; what has no place comes last."""
    return len(DECLARATIONS) if facet.place is None else facet.place
