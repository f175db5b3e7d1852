from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, FloatField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower

from accounts import addresses
from hub.search import full_text

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Interest, Organisation  # noqa: F401  # named in the annotations below

# A name that resembles the words this much is what was meant, spelled otherwise.
SAME_NAME = 0.5
# A fit in the reader's language comes before any in another; a fit of the name before both.
READERS_LANGUAGE, NAME = 10.0, 100.0


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """Organisations that a visitor may see."""
        return self.filter(status="listed")

    def with_facts(self) -> Self:
        """Sector, country, texts and expertise of each, in a fixed number of queries."""
        return self.select_related("sector", "country", "region", "logo").prefetch_related("texts", "terms")

    def matching(self, words: str, language: str) -> Self:
        """Those whose name or words fit, each with `fit`: the name first, then the reader's language."""
        from partners.models import OrganisationText  # models imports this module

        words = words.replace("\x00", " ").strip()
        (plain,) = full_text.plain_words([words])
        if not plain:
            return self.none()
        in_name = Q(plain_name__contains=" ".join(plain))
        rank = Case(
            *(
                When(language=code, then=SearchRank(F("search_vector"), full_text.query(words, code)))
                for code in full_text.CONFIGURATIONS
            ),
            default=SearchRank(F("search_vector"), full_text.query(words, "")),
            output_field=FloatField(),
        ) + Case(When(language=language, then=Value(READERS_LANGUAGE)), default=Value(0.0))
        fits = Q(pk__in=[])
        for code in full_text.CONFIGURATIONS:
            fits |= Q(language=code, search_vector=full_text.query(words, code))
        fits |= ~Q(language__in=list(full_text.CONFIGURATIONS)) & Q(search_vector=full_text.query(words, ""))
        texts = OrganisationText.objects.filter(fits, organisation=OuterRef("pk")).order_by().values("organisation")
        return (
            self.annotate(
                text_fit=Subquery(texts.annotate(best=Max(rank)).values("best")),
                name_fit=TrigramWordSimilarity(" ".join(plain), "plain_name"),
            )
            .filter(Q(text_fit__isnull=False) | in_name | Q(name_fit__gte=SAME_NAME))
            .annotate(
                fit=Coalesce(F("text_fit"), Value(0.0))
                + Case(When(in_name, then=Value(NAME)), default=F("name_fit"), output_field=FloatField())
            )
            .order_by("-fit", Lower("name"), "pk")
        )


class InterestQuerySet(models.QuerySet["Interest"]):
    def confirmed(self) -> Self:
        """Interests that count."""
        return self.filter(status="confirmed")

    def standing(self) -> Self:
        """Interests that nobody withdrew, confirmed or not."""
        return self.exclude(status="withdrawn")

    def of_person(self, user: "User") -> Self:
        """Those under an address that the person proved, and those of the organisations that they act for."""
        return self.filter(
            Q(email__in=addresses.proved_by(user)) | Q(organisation__in=user.memberships.values("organisation"))
        )
