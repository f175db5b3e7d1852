"""What all pages of the portal have."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from hub.content_memory.content_version import remembered
from hub.pages.blocks import BodyBlock
from hub.pages.rights import PortalPageForm, PortalPermissionTester
from hub.pages.slugs import give_slug


class PortalPage(Page):
    """What every page of the portal has: an introduction, a picture for sharing, somebody to ask."""

    base_form_class = PortalPageForm
    # What a search calls it: a kind that is registered with `hub.site_search`.
    found_as: ClassVar[str] = "page"
    # What `found_by` and `found_at` read, so that many pages are read at once.
    found_with: ClassVar[tuple[str, ...]] = ()

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact = models.ForeignKey(
        "hub.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    search_fields = [*Page.search_fields, index.SearchField("introduction", boost=2)]
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("contact")], _("On the page")),
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Makes the slug where none was given; Wagtail's own would lose every letter that it does not know."""
        if self.path:
            give_slug(self)
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for drafts."""
        if self.path:
            give_slug(self)
        super().minimal_clean()

    def permissions_for_user(self, user: Any) -> PortalPermissionTester:
        """What somebody may do with it in the admin."""
        return PortalPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self._remembered_crumbs(request) if self.pk else []
        context["contact"] = self.contact
        return context

    def found_by(self) -> list[str]:
        """What else a search finds it by: facts that stand on it without being its words."""
        return []

    def body_words(self) -> list[str]:
        """The words in its blocks, without what makes them look."""
        return []

    @property
    def fact_key(self) -> int | None:
        """The key of the call or the event whose words it is; none for a page that stands for itself."""
        return None

    def found_at(self) -> datetime | None:
        """When that is which it tells of, or when it appeared: of what a search finds, the latest comes first."""
        return self.first_published_at

    @property
    def foreign_language(self) -> str:
        """The code of its language where that is not the reader's; else nothing."""
        code: str = self.locale.language_code
        return "" if code == get_language() else code

    def _remembered_crumbs(self, request: HttpRequest) -> list[dict[str, Any]]:
        return remembered(("crumbs", self.pk, request.get_host()), lambda: self._crumbs(request))

    def _crumbs(self, request: HttpRequest) -> list[dict[str, Any]]:
        ancestors = self.get_ancestors().filter(depth__gt=2) if self.depth and self.depth > 3 else []
        return [{"title": page.title, "url": page.get_url(request)} for page in ancestors]

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Who may see it. Asked on each visit; mostly the answer is everyone, and that is remembered."""
        restrictions = super().get_view_restrictions
        if remembered(("everyone", self.pk), lambda: not restrictions().exists()):
            return PageViewRestriction.objects.none()
        return restrictions()


class BodyPage(PortalPage):
    """A page that editors compose from blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    content_panels: ClassVar[list[Panel]] = [
        *PortalPage.content_panels,
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    def body_words(self) -> list[str]:
        return [str(words) for words in self.body.stream_block.get_searchable_content(self.body)]
