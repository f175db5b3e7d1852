"""Pages and practices: every version of them is kept, and none is put over a newer one unseen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.models import Page, Revision

from hub.dates import brussels
from hub.facts.readonly_admin import MOMENT
from hub.facts.views import holding


def _said(newest: Revision, compare_url: str) -> Any:
    who = newest.user.get_full_name() or newest.user.get_username() if newest.user else gettext("the portal itself")
    words = gettext(
        "Not saved yet: %(who)s saved another version, %(when)s, while you had this open. Nothing of yours is lost: it "
        "stands in the form. Saving again puts your version over theirs, which stays in the history."
    )
    link = gettext("See what they changed")
    when = date_format(brussels.local(newest.created_at), MOMENT)
    return format_html('{} <a href="{}" target="_blank">{}</a>', words % {"who": who, "when": when}, compare_url, link)


class RevisionFormMixin:
    """A form of a thing with drafts, called through `holding`: a newer version is told of before it is passed over."""

    def is_valid(self, form: Any) -> bool:
        view: Any = self
        if view.expects_json_response or view.action == "cancel-workflow" or not view.is_out_of_date:
            return bool(super().is_valid(form))  # type: ignore[misc]  # Wagtail's views carry no types
        loaded = view.request.POST.get("overwrite_revision_id") or view.request.POST["loaded_revision_id"]
        compare = reverse(view.revisions_compare_url_name, args=[view.object.pk, _number(loaded), "latest"])
        view.autosave_enabled = False  # what comes back is saved on purpose or not at all
        view.produced_error_code = "invalid_revision"
        view.produced_error_message = _said(view.latest_revision, compare)
        return False


class VersionedPageEditView(PageEditView):
    """The same for pages."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answered_by_wagtail = self.page.alias_of_id or self.expects_json_response or self.is_cancelling_workflow
        if answered_by_wagtail or not self.is_out_of_date:
            return super().post(request, *args, **kwargs)
        loaded = request.POST.get("overwrite_revision_id") or request.POST["loaded_revision_id"]
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, _number(loaded), "latest"])
        self.form = self.form_class(
            request.POST,
            request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=request.user,
        )
        messages.error(request, _said(self.latest_revision, compare))
        self.autosave_enabled = False
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


def _number(sent: str) -> str:
    """The key of a version that a form names; of a made-up one nothing is compared."""
    return sent if sent.isascii() and sent.isdecimal() else "earliest"


edit_page = never_cache(require_admin_access(holding(Page, VersionedPageEditView.as_view(), key="page_id")))
urlpatterns = [path("admin/pages/<int:page_id>/edit/", edit_page)]
