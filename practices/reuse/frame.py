"""How an adaptation is described: the eight questions of FRAME (doi 10.1186/s13012-019-0898-y), in words of our own.

When it was made; planned or not; who decided; what was changed; for whom; in which way; whether the core stayed; why.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class When(models.TextChoices):
    """When the adaptation was made."""

    BEFORE = "before", _("before it began")
    START = "start", _("while it was being set up")
    RUNNING = "running", _("once it ran")
    SPREADING = "spreading", _("when it spread to more places")


class Planned(models.TextChoices):
    """Whether it was planned."""

    AHEAD = "ahead", _("planned ahead")
    ANSWER = "answer", _("planned, in answer to a problem")
    NO = "no", _("not planned: it came about on the way")


class Decider(models.TextChoices):
    """Who took part in the decision."""

    LEADERS = "leaders", _("those who lead the organisation")
    FUNDERS = "funders", _("those who pay for it")
    POLICY = "policy", _("policy makers")
    WORKERS = "workers", _("those who carry it out")
    AUTHORS = "authors", _("those who made the practice")
    RESEARCHERS = "researchers", _("researchers")
    PARTNERS = "partners", _("partners in the neighbourhood")
    USERS = "users", _("those for whom it is")


class Part(models.TextChoices):
    """What was changed."""

    CONTENT = "content", _("what is done")
    CONTEXT = "context", _("the way, the place, the people with whom it is done")
    TRAINING = "training", _("training and assessment")
    SPREAD = "spread", _("how it is introduced and spread")


class Level(models.TextChoices):
    """For whom it was changed."""

    PERSON = "person", _("one person at a time")
    GROUP = "group", _("a group")
    TARGET = "target", _("all people who share something, such as a language")
    WORKER = "worker", _("one worker")
    UNIT = "unit", _("one team or place")
    ORGANISATION = "organisation", _("the whole organisation")
    SYSTEM = "system", _("a whole network, town or region")


class Nature(models.TextChoices):
    """In which way the content changed."""

    TAILORED = "tailored", _("adjusted in details, such as words or examples")
    MATERIALS = "materials", _("other materials")
    ADDED = "added", _("something added")
    LEFT_OUT = "left-out", _("something left out")
    SHORTER = "shorter", _("made shorter or faster")
    LONGER = "longer", _("made longer or slower")
    REPLACED = "replaced", _("something replaced")
    REORDERED = "reordered", _("another order")
    COMBINED = "combined", _("combined with another approach")
    REPEATED = "repeated", _("parts repeated")
    LOOSER = "looser", _("a looser structure")
    LEFT_PLAN = "left-plan", _("put aside for a while")


class Fidelity(models.TextChoices):
    """Whether what makes it work stayed."""

    KEPT = "kept", _("yes: what makes it work stayed")
    TOUCHED = "touched", _("no: something that makes it work changed")
    UNKNOWN = "unknown", _("nobody knows")


class Goal(models.TextChoices):
    """What the adaptation was for."""

    REACH = "reach", _("to reach more people")
    STAY = "stay", _("so that people stay with it")
    DOABLE = "doable", _("to make it possible here")
    FIT = "fit", _("to fit the people for whom it is")
    CULTURE = "culture", _("to respect culture, language or belief")
    RESULTS = "results", _("for better results")
    COST = "cost", _("to spend less")
    CONTENT = "content", _("so that people like it better")
    FAIRNESS = "fairness", _("to leave nobody out")


# By the field of a version: what can be chosen there.
ONE: dict[str, type[models.TextChoices]] = {
    "adapted_when": When,
    "planned": Planned,
    "level": Level,
    "fidelity": Fidelity,
}
SEVERAL: dict[str, type[models.TextChoices]] = {"decided_by": Decider, "changed": Part, "nature": Nature, "goals": Goal}
CHOICES = ONE | SEVERAL
# In the order in which they are asked and shown; the last one in the words of who reports.
FIELDS = (
    *("adapted_when", "planned", "decided_by", "changed", "level", "nature", "fidelity"),
    *("goals", "circumstances"),
)
