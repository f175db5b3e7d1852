from collections.abc import Mapping
from datetime import datetime
from typing import Any

import factory

from calls.chain.models import Call, Deadline
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from hub.pages.models import HomePage
from hub.vocabularies.models import Term
from partners.organisations.models import Membership, Organisation, OrganisationText


def term(vocabulary: str, code: str) -> Term:
    """The term with this code."""
    return Term.objects.get(vocabulary=vocabulary, code=code)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """A listed Belgian non-profit with English words; `texts={"nl": {"summary": "…"}}` gives it others."""

    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    status = Organisation.Status.LISTED
    original_language = "en"
    sector = factory.LazyFunction(lambda: term("sector", "non-profit"))
    country = factory.LazyFunction(lambda: term("country", "BE"))

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **kwargs: Any) -> Organisation:
        texts: Mapping[str, Mapping[str, str]] = kwargs.pop("texts", {"en": {"summary": "Helps people start."}})
        for name in ("sector", "country", "region"):
            if isinstance(kwargs.get(name), str):
                kwargs[name] = term(name, kwargs[name])
        organisation: Organisation = super()._create(model_class, *args, **kwargs)
        OrganisationText.objects.bulk_create(
            OrganisationText(organisation=organisation, language=language, **words) for language, words in texts.items()
        )
        return organisation


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A person acts for an organisation."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)


def public_call(
    *, due_at: datetime | None = None, governs: str = "declaration", language: str = "en", title: str = "The call"
) -> Call:
    """A call with a live page and, when `due_at` is given, a deadline that closes something."""
    call = Call.objects.create(title=title)
    if due_at:
        Deadline.objects.create(call=call, label="Declare", due_at=due_at, governs=governs)
    home = HomePage.objects.get(locale__language_code=language)
    index = CallIndexPage.objects.filter(locale=home.locale).first()
    if index is None:
        index = CallIndexPage(title="Calls", slug="calls", locale=home.locale)
        home.add_child(instance=index)
    index.add_child(instance=CallPage(title=title, slug=f"call-{call.pk}", call=call, locale=home.locale))
    return call
