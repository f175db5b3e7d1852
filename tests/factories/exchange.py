"""Offers and requests for tests."""

from datetime import timedelta
from typing import Any

import factory

from partners.exchange.models import Notice, today
from tests.factories.partners import OrganisationFactory, term


class NoticeFactory(factory.django.DjangoModelFactory[Notice]):
    """An English offer from Belgium that stands for sixty days; `terms` are codes of themes."""

    class Meta:
        model = Notice
        skip_postgeneration_save = True

    kind = "offer"
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"A room for meetings {n}")
    text = "Forty chairs, on Tuesdays."
    language = "en"
    country = factory.LazyFunction(lambda: term("country", "BE"))
    until = factory.LazyFunction(lambda: today() + timedelta(days=60))

    @factory.post_generation
    def terms(self, create: bool, codes: Any, **kwargs: Any) -> None:
        if codes:
            self.terms.set(term("theme", code) for code in codes)
