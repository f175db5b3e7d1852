"""Adds the history of the closed call once, as a whole."""

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium
from consortia.interest.models import Interest
from consortia.outcomes.models import Release
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion
from nccsi.demo.contents import calls
from nccsi.demo.history import arranging, interests, partnerships, reviews
from nccsi.demo.logins import LOGINS
from nccsi.demo.reading import words
from nccsi.demo.reading.terms import Terms

FILE = "history.toml"


def load(terms: Terms) -> int:
    """Adds it where the call has nothing of it: what somebody took away since stays away."""
    call = calls.known(calls.PAST)
    if call is None or _has_some(call):
        return 0
    told = words.read(FILE)
    people = {user.email: user for user in User.objects.filter(email__in=LOGINS)}
    number = interests.load(call, told["interest"], terms, people)
    parts, criteria = arranging.load(call, told, told_of_move=number)
    made = partnerships.load(call, told["consortium"], terms, parts)
    reviews.load(call, told["review"], made, criteria, people)
    return number + len(made)


def _has_some(call: Call) -> bool:
    return any(
        model._default_manager.filter(call=call).exists()
        for model in (Interest, Consortium, Criterion, Reviewer, Release)
    )
