"""What stands on the learning agenda, and what waits there for the centre, with whose words it is."""

from typing import Any

from accounts.users.models import User
from hub.vocabularies.models import Term
from learning.experience.models import Experience
from learning.experts import naming
from partners.organisations.models import Organisation
from tests.factories import learning
from tests.factories import notes as make_note
from tests.factories.practices import PracticeFactory, PracticeFigureFactory


def asked(people: dict[str, User], *, mark: str, hidden: str) -> dict[str, dict[str, Any]]:
    """A question that partner's organisation looks after, one that nobody sees yet, and a round of votes."""
    owner = Organisation.objects.get(slug="organisation-of-partner")
    found = learning.question("What works?", owner_organisation=owner)
    learning.answer(found)
    waiting = learning.proposed(people["partner"], words=f"{hidden} question?", why=f"{mark} asks why")
    told = Experience.objects.create(question=found, text=f"{mark} tells", language="en", by=people["partner"])
    expert = naming.agree(
        found,
        user=people["other"],
        name="Somebody who offers it",
        organisation_name="",
        field="Housing",
        languages=["en"],
        wording="I agree.",
        is_invited=False,
    )
    figure = PracticeFigureFactory.create(practice=PracticeFactory.create())
    note = make_note.note(make_note.citing(figure))
    facts = {"slug": found.slug, "pk": str(found.pk), "language": "nl", "state": "working", "expert": str(expert.pk)}
    return {
        "learning": facts | {"action": "take"},
        "learning-expert": facts | {"action": "accept"},
        "learning-proposed": {"slug": waiting.slug, "pk": str(waiting.pk)},
        "experience": {"pk": str(told.pk)},
        "policy-note": {"pk": str(note.pk)},
        "policy-note-draft": {"pk": str(make_note.draft_note(title=f"{hidden} note?").pk)},
        "citation": {"pk": str(note.citations.get().pk)},
        "figure": {"pk": str(figure.pk)},
        "theme": {"code": "19", "section": "stopped"},
        "target": {"code": next(iter(Term.objects.of("target"))).code, "section": "policy"},
        "round": {"pk": str(learning.open_round().pk)},
        "link-expert": {"token": naming.token_for(found, f"{mark}@example.org")},
    }
