from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from accounts.throttling import allow_act
from hub import call_list, contact_messages, question_list, structured_data
from hub.blocks import BodyBlock
from hub.chain import accepts, call_state, chain
from hub.content_version import remembered
from hub.forms import ContactForm
from hub.models.calls import Call, Deadline
from hub.models.documents import CallDocument
from hub.page_rights import PortalPageForm, PortalPermissionTester
from hub.reading import in_language, one_page_each
from hub.slugs import give_slug
from hub.visibility import visible


class PortalPage(Page):
    """What every page of the portal has: an introduction, a picture for sharing, somebody to ask."""

    base_form_class = PortalPageForm

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


class HomePage(PortalPage):
    """The entrance in one language."""

    heading = models.CharField(_("heading"), max_length=120)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # No call comes back by the clock alone, and those that have ended since are left out here.
        ahead = remembered(("calls ahead", self.locale_id), self._calls_ahead)
        row = next((each for each in call_list.rows(ahead) if not each.is_past), None)
        context["current"] = row
        context["accepts_interest"] = row and accepts(row.call, "interest")
        context["news"] = remembered(("news", self.locale_id), self._news)
        context["indexes"] = remembered(("indexes", self.pk), self._indexes)
        return context

    def _calls_ahead(self) -> list["CallPage"]:
        pages = one_page_each(visible(CallPage.objects.all()), "call_id", self.locale.language_code)
        return list(pages.with_chain().ahead())

    def _news(self) -> list["NewsPage"]:
        return list(visible(NewsPage.objects.all()).filter(locale_id=self.locale_id).order_by("-date", "-pk")[:3])

    def _indexes(self) -> dict[str, Page]:
        indexes = Page.objects.child_of(self).live().type(NewsIndexPage, CallIndexPage)
        return {page.cached_content_type.model: page for page in indexes}


class StandardPage(BodyPage):
    """About the centre, HUBSI, INSISST, privacy, accessibility: text with blocks."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage", "hub.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["subpages"] = visible(self.get_children()).in_menu() if self.pk else []
        return context


class ContactPage(PortalPage):
    """Where anyone writes to the centre; the message goes to the chosen mailbox."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows the form; what is sent goes to the outbox, and the answer is a page that can be reloaded."""
        form = ContactForm(request.POST if request.method == "POST" else None, initial=self._initial(request))
        context = self.get_context(request, *args, **kwargs) | {"form": form, "sent": "sent" in request.GET}
        status = 200
        if request.method == "POST" and form.is_valid():
            if not allow_act(request, "contact", person=form.cleaned_data["email"], act=form.act):
                form.add_error(None, _("You sent several messages just now. Please try again in an hour."))
                status = 429
            elif self._send(form):
                return HttpResponseRedirect(f"{self.get_url(request)}?sent=1")
        return TemplateResponse(request, self.get_template(request), context, status=status)

    @staticmethod
    def _initial(request: HttpRequest) -> dict[str, Any]:
        chosen = request.GET.get("to", "")
        return {"to": int(chosen)} if chosen.isdecimal() and len(chosen) < 10 else {}

    def _send(self, form: ContactForm) -> bool:
        to = contact_messages.mailbox(form.cleaned_data["to"], self)
        if not to:
            form.add_error(None, _("Nobody reads messages here yet. Please try again later."))
            return False
        contact_messages.send(to=to, language=self.locale.language_code, message=form.cleaned_data)
        return True


class NewsIndexPage(PortalPage):
    """All news, newest first."""

    per_page: ClassVar[int] = 12

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["hub.NewsPage"]

    class Meta:
        verbose_name = _("news overview")
        verbose_name_plural = _("news overviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = visible(NewsPage.objects.child_of(self)).order_by("-date", "-pk").select_related("picture")
        context["page_obj"] = Paginator(pages, self.per_page).get_page(request.GET.get("page"))
        return context


class NewsPage(BodyPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("date"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["hub.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["data"] = structured_data.news(self)
        return context


class CallIndexPage(PortalPage):
    """All calls: the open ones first, then those that are past."""

    per_page: ClassVar[int] = 20

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["hub.CallPage"]

    class Meta:
        verbose_name = _("calls overview")
        verbose_name_plural = _("calls overviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = one_page_each(visible(CallPage.objects.all()), "call_id", self.locale.language_code).with_facts()
        return context | call_list.overview(pages, request.GET, per_page=self.per_page)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below it are only calls: page, facts and contact come in one query, where Wagtail would ask for each."""
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        pages = CallPage.objects.child_of(self).select_related("call__contact", "contact", "locale")
        page = pages.filter(slug=slug).first()
        if page is None:
            raise Http404
        return page.route(request, rest)


class CallPageQuerySet(PageQuerySet):
    def with_facts(self) -> Self:
        """The call of each page with its chain and tracks, in two more queries."""
        return self.with_chain().prefetch_related("call__tracks")

    def with_chain(self) -> Self:
        """The call of each page with its chain, in one more query."""
        return self.select_related("call").prefetch_related("call__deadlines")

    def ahead(self) -> Self:
        """Calls of which some deadline is still to come."""
        coming = Deadline.objects.filter(call=OuterRef("call"), due_at__gt=Now())
        return self.filter(Exists(coming), call__withdrawn_at=None)


class CallPage(BodyPage):
    """The words of a call in one language; every fact comes from `call`."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="pages")

    objects = PageManager.from_queryset(CallPageQuerySet)()

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("call"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["hub.CallIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("call page")
        verbose_name_plural = _("call pages")

    def clean(self) -> None:
        super().clean()
        others = CallPage.objects.filter(call_id=self.call_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.call_id and self.locale_id and others.exists():
            raise ValidationError({"call": _("This call already has a page in this language.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.call], "deadlines", "tracks")
        context = super().get_context(request, *args, **kwargs)
        changes = list(self.call.changes.select_related("deadline"))
        context |= {
            "call": self.call,
            "contact": self.contact or self.call.contact,
            "state": call_state(self.call),
            "chain": chain(self.call, changes=changes),
            "changes": changes,
            "accepts_interest": accepts(self.call, "interest"),
        }
        return context | self._told(request, is_past=context["state"].code in call_list.PAST)

    def found_by(self) -> list[str]:
        """Its short name, programme and number, the steps of its chain, its action tracks."""
        call, language = self.call, self.locale.language_code
        labels = [*(step.label for step in call.deadlines.all()), *(track.label for track in call.tracks.all())]
        return [in_language(call.title, language), call.programme, call.reference] + [
            in_language(label, language) for label in labels
        ]

    def _told(self, request: HttpRequest, *, is_past: bool) -> dict[str, Any]:
        """What staff put beside the words of the page: files, questions with their answers."""
        questions = question_list.shown(self.call, self.locale.language_code, request.GET)
        return {
            "documents": list(CallDocument.objects.public().filter(call=self.call).select_related("document")),
            "questions": questions,
            "takes_questions": not is_past,
            "data": questions.data,
        }
