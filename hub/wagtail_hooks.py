from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from accounts.day import work
from accounts.menu import groups
from hub.changes import expiring, taking_away
from hub.contact.models import Contact
from hub.facts import record, settings_views
from hub.facts.viewset import FactViewSet
from hub.handbook import views as handbook
from hub.languages import translating
from hub.languages.choosers import FactsChooserViewSet
from hub.newsletter.admin import DigestViewSet
from hub.pages import drafts
from hub.vocabularies.models import Term


@hooks.register("insert_global_admin_css")
def stylesheets() -> SafeString:
    sheets = ((static(f"admin/{name}.css"),) for name in ("languages", "facts", "lists", "screens"))
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
    menu_hook = groups.SETTINGS.hook
    menu_order = 10
    list_display = ["__str__", "vocabulary", "code"]
    list_per_page = 50
    search_fields = ["label", "code"]
    filterset_class = TermFilters
    chooser_viewset_class = FactsChooserViewSet


class NewContactForm(WagtailAdminModelForm):
    """A role and its mailbox, made on the spot."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Contact
        fields = ["role", "email"]


class ContactChooserViewSet(FactsChooserViewSet):
    """Choose a contact, or make a new one on the spot."""

    creation_form_class = NewContactForm


class ContactViewSet(FactViewSet):
    """Who answers questions: roles with their mailboxes."""

    model = Contact
    icon = "mail"
    menu_label = _("Contacts")
    menu_name = "contacts"
    menu_hook = groups.PEOPLE.hook
    menu_order = 10
    chooser_viewset_class = ContactChooserViewSet
    list_display = ["__str__", "email"]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What histories say besides Wagtail's own."""

    actions.register_action(record.CHANGED_ELSEWHERE, _("Change outside the form"), _("Changed outside the form"))
    actions.register_action(record.TAKEN_BACK, _("Take back a change"), _("Took back a change"))
    actions.register_action(expiring.KEPT_ACTION, _("Keep a page"), _("Kept the page on its date of expiry"))


# The screens of Wagtail and of its translations stand behind these.
hooks.register("register_admin_urls", settings_views.urlpatterns, order=-10)
hooks.register("register_admin_urls", lambda: translating.urlpatterns, order=-10)
hooks.register("register_admin_urls", lambda: drafts.urlpatterns)
hooks.register("register_admin_urls", lambda: handbook.urlpatterns)
hooks.register("register_help_menu_item", handbook.menu_item)
hooks.register(groups.CONTENT.hook, drafts.menu_item)
for name, hook in taking_away.HOOKS.items():
    hooks.register(name, hook)
register_snippet(DigestViewSet)
register_snippet(TermViewSet)
register_snippet(ContactViewSet)
work.register(drafts.work)
work.register_offer(drafts.begin)
