import factory
from django.utils import timezone

from consortia.interest.models import Interest
from tests.factories.partners import term


class InterestFactory(factory.django.DjangoModelFactory[Interest]):
    """A confirmed interest."""

    class Meta:
        model = Interest

    organisation_name = factory.Sequence(lambda n: f"Interested {n}")
    sector = factory.LazyFunction(lambda: term("sector", "citizens"))
    contact_name = "Coordinator"
    email = factory.Sequence(lambda n: f"coordinator{n}@example.org")
    language = "en"
    status = Interest.Status.CONFIRMED
    confirmed_at = factory.LazyFunction(timezone.now)
    consent_wording = "The centre uses what you fill in."
