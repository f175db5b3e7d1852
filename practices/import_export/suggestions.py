"""What somebody may have meant who wrote a slug that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

from django.utils.translation import gettext as _

from hub.sheets.suggestions import did_you_mean
from partners.organisations.models import EarlierOrganisationSlug, Organisation


class Owners:
    """The organisations with these slugs; one query for all of them, and one more when some are unknown."""

    def __init__(self, slugs: Iterable[str]) -> None:
        written = sorted(set(slugs))
        self._known = {owner.slug: owner for owner in Organisation.objects.filter(slug__in=written)}
        earlier = EarlierOrganisationSlug.objects.filter(slug__in=written).select_related("organisation")
        for each in earlier.order_by("-left_at", "-pk"):
            self._known.setdefault(each.slug, each.organisation)

    def owner(self, slug: str) -> Organisation:
        """The organisation; ValueError where there is none."""
        if slug in self._known:
            return self._known[slug]
        close = get_close_matches(slug.casefold(), self._words, n=4, cutoff=0.7)
        meant = list(dict.fromkeys(self._words[word] for word in close))[:3]
        message = _("No organisation in the directory has the slug “%s”.") % slug
        raise ValueError(f"{message} {did_you_mean(meant)}".strip())

    @cached_property
    def _words(self) -> dict[str, str]:
        """What to show of each organisation, by its slug and by its name."""
        named = list(Organisation.objects.order_by("slug").values_list("slug", "name"))
        shown = {slug: f"{slug} ({name})" for slug, name in named}
        return {name.casefold(): shown[slug] for slug, name in named} | shown
