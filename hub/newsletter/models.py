from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, PreviewableMixin

from hub.languages.fields import LanguageCodesField, all_languages
from hub.languages.names import language_name
from notifications.delivery.rendering import Rendered, render
from notifications.outbox.models import Message

KIND = "hub/digest"


class Digest(PreviewableMixin, ClusterableModel):
    """One issue of the newsletter: what was published since the last one, chosen and introduced by staff."""

    class Period(models.TextChoices):
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")

    period = models.CharField(_("period"), max_length=10, choices=Period, default=Period.MONTHLY)
    languages = LanguageCodesField(
        _("languages"),
        help_text=_("Who follows the newsletter in another language gets nothing of this issue."),
    )
    subject = I18nCharField(_("subject"), max_length=150)
    introduction = I18nTextField(_("introduction"), blank=True, default="")
    since = models.DateTimeField(_("what is new since"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.subject)

    def clean(self) -> None:
        super().clean()
        subject = self.subject.data if isinstance(self.subject, LazyI18nString) else {}
        given = subject if isinstance(subject, dict) else {}
        missing = [code for code in self.languages or [] if not given.get(code)]
        if missing:
            names = ", ".join(language_name(code) for code in missing)
            raise ValidationError({"subject": _("The subject is missing in: %(languages)s.") % {"languages": names}})

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Each language, as it looks and as plain text."""
        modes = []
        for code in self.languages or all_languages():
            name = get_language_info(code)["name_translated"]
            modes += [(f"{code}:html", name), (f"{code}:text", _("%(language)s, plain text") % {"language": name})]
        return modes

    def rendered(self, language: str) -> Rendered:
        """The mail in one language, of an issue that need not be saved."""
        message = Message(kind=KIND, language=language, context={"digest": self})
        return render(message, now=timezone.now())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The mail as its receiver sees it, with what stands in the form and is not saved yet."""
        language, _colon, form = mode_name.partition(":")
        rendered = self.rendered(language)
        if form == "text":
            return HttpResponse(rendered.text, content_type="text/plain; charset=utf-8")
        return HttpResponse(rendered.html)


class DigestItem(Orderable):
    """One thing that an issue tells: which source offered it, and under which key that source finds it again."""

    digest = ParentalKey(Digest, verbose_name=_("newsletter"), on_delete=models.CASCADE, related_name="items")
    what = models.CharField(_("what"), max_length=120)

    class Meta(Orderable.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["digest", "what"], name="digestitem_once_per_digest")
        ]

    def __str__(self) -> str:
        return self.what
