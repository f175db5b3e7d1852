"""Where who showed interest by mail asks to manage the profile of the organisation, or proposes one."""

from django.db.models import Value
from django.urls import reverse

from consortia.interest.models import Interest
from hub.search.full_text import Plain
from partners.organisations.models import Organisation


def profile_page(interest: Interest) -> str:
    """The address in the language of the moment; empty for what belongs to an organisation already."""
    if interest.organisation_id:
        return ""
    same_name = Organisation.objects.public().filter(plain_name=Plain(Value(interest.organisation_name)))
    found = same_name.first()
    return reverse("partners:claim", args=[found.slug]) if found else reverse("partners:propose")
