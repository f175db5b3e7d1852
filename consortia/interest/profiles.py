"""Where who showed interest by mail asks to manage the profile of the organisation, or proposes one."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.urls import reverse

from consortia.interest.models import Interest, InterestQuerySet
from hub.search.full_text import Plain
from partners.organisations.models import Organisation, OrganisationQuerySet


def in_directory(name: str) -> Organisation | None:
    """The organisation that visitors find under this name, however it is typed."""
    return Organisation.objects.public().filter(plain_name=Plain(Value(name))).first()


def of_a_namesake() -> Q:
    """Interests of no profile under the name of one in the directory: whether it is theirs, only its people know."""
    return Q(Exists(_namesakes()), organisation=None)


def with_namesake(interests: InterestQuerySet) -> InterestQuerySet:
    """Each with `namesake_name` and `namesake_slug` of the organisation that is called so, for lists."""
    return interests.annotate(
        namesake_name=Subquery(_namesakes().values("name")[:1]), namesake_slug=Subquery(_namesakes().values("slug")[:1])
    )


def profile_page(interest: Interest) -> str:
    """The address in the language of the moment; empty for what belongs to an organisation already."""
    if interest.organisation_id:
        return ""
    found = in_directory(interest.organisation_name)
    return way_to_profile(interest, found.slug if found else None)


def way_to_profile(interest: Interest, namesake: str | None) -> str:
    """To the profile with this name in addresses, or to the form that proposes one and knows what is known."""
    if namesake:
        return reverse("partners:claim", args=[namesake])
    known = urlencode({"name": interest.organisation_name, "sector": interest.sector.code})
    return f"{reverse('partners:propose')}?{known}"


def _namesakes() -> OrganisationQuerySet:
    return Organisation.objects.public().filter(plain_name=Plain(OuterRef("organisation_name"))).order_by("pk")
