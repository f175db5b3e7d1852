from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet

from calls.moving import deadlines
from calls.questions.admin import QuestionViewSet
from calls.staff.admin import CallViewSet
from calls.staff.forms import NewContactForm
from hub.changes import expiring, taking_away
from hub.contact.models import Contact
from hub.facts import record, settings_views
from hub.facts.viewset import FactViewSet
from hub.languages.choosers import FactsChooserViewSet
from hub.newsletter.admin import DigestViewSet
from hub.vocabularies.models import Term


@hooks.register("insert_global_admin_css")
def stylesheets() -> SafeString:
    sheets = ((static(f"admin/{name}.css"),) for name in ("languages", "facts"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


class TermFilters(WagtailFilterSet):
    """Which terms the list shows."""

    class Meta:
        model = Term
        fields = ["vocabulary"]


class TermViewSet(FactViewSet):
    """The vocabularies; what the set-up brought comes back with it, what staff add stays."""

    model = Term
    icon = "tag"
    menu_label = _("Terms")
    menu_name = "terms"
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["__str__", "vocabulary", "code"]
    list_per_page = 50
    search_fields = ["label", "code"]
    filterset_class = TermFilters
    chooser_viewset_class = FactsChooserViewSet


class ContactChooserViewSet(FactsChooserViewSet):
    """Choose a contact, or make a new one on the spot."""

    creation_form_class = NewContactForm


class ContactViewSet(FactViewSet):
    """Who answers questions: roles with their mailboxes."""

    model = Contact
    icon = "mail"
    menu_label = _("Contacts")
    menu_name = "contacts"
    menu_order = 250
    add_to_admin_menu = True
    chooser_viewset_class = ContactChooserViewSet
    list_display = ["__str__", "email"]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a call says about its dates."""

    @actions.register_action(deadlines.MOVED_ACTION)
    class Moved(LogFormatter):
        label = _("Move a date")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return gettext("Moved the date of “%(label)s”") % {"label": log_entry.data.get("label", "")}

    actions.register_action(record.CHANGED_ELSEWHERE, _("Change outside the form"), _("Changed outside the form"))
    actions.register_action(record.TAKEN_BACK, _("Take back a change"), _("Took back a change"))
    actions.register_action(expiring.KEPT_ACTION, _("Keep a page"), _("Kept the page on its date of expiry"))
    actions.register_action(deadlines.WITHDRAWN_ACTION, _("Withdraw a call"), _("Withdrew the call"))


# Wagtail's own screens for settings stand behind these.
hooks.register("register_admin_urls", settings_views.urlpatterns, order=-10)
for name, hook in taking_away.HOOKS.items():
    hooks.register(name, hook)
register_snippet(CallViewSet)
register_snippet(QuestionViewSet)
register_snippet(DigestViewSet)
register_snippet(TermViewSet)
register_snippet(ContactViewSet)
