"""Whom people ask, and the page on which they write."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from wagtail.admin.panels import FieldPanel

from accounts.public_forms.throttling import allow_act
from hub.contact import mailing
from hub.contact.forms import ContactForm
from hub.content_memory.content_version import remembered
from hub.pages.base import PortalPage
from hub.site.models import SiteSettings

# So many roles the contact page tells of.
SHOWN = 20


class Contact(models.Model):
    """Whom pages and mails name for questions: a role, never a person, with the mailbox that reads them."""

    role = I18nCharField(_("role"), help_text=_("For example: Call secretariat"))
    email = models.EmailField(
        _("mailbox"),
        help_text=_(
            "Not shown on pages: the contact form writes to it. Mails name it for questions, and answers go there."
        ),
    )

    panels = [FieldPanel("role"), FieldPanel("email")]

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.role)

    @cached_property
    def url(self) -> str:
        """The contact page in the reader's language, set to this mailbox; empty where there is no such page."""
        language = get_language() or settings.LANGUAGE_CODE

        def address() -> str:
            page = ContactPage.objects.live().filter(locale__language_code=language).first()
            return (page and page.url) or ""

        url = remembered(("contact page", language), address)
        return f"{url}?to={self.pk}" if url else ""


class ContactPage(PortalPage):
    """Where anyone writes to the centre; the message goes to the chosen mailbox."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return found | {"contacts": list(Contact.objects.all()[:SHOWN]), "chosen": self._initial(request).get("to")}

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

    def _mailbox(self, chosen: int | None) -> str:
        """That of the contact somebody came from, else the page's own, else the centre's."""
        contact = Contact.objects.filter(pk=chosen).first() if chosen else None
        contact = contact or self.contact
        if contact:
            return contact.email
        site = SiteSettings.objects.first()
        return site.contact_email if site else ""

    def _send(self, form: ContactForm) -> bool:
        to = self._mailbox(form.cleaned_data["to"])
        if not to:
            form.add_error(None, _("Nobody reads messages here yet. Please try again later."))
            return False
        mailing.send(to=to, language=self.locale.language_code, message=form.cleaned_data)
        return True
