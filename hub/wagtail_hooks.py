from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from hub.call_facts import PANELS, CallFactsForm, NewCallForm, NewContactForm
from hub.chain import call_state, chain
from hub.choosers import FactsChooserViewSet
from hub.models import Call, Contact, Term
from hub.question_admin import QuestionViewSet
from hub.templatetags.portal import day, moment


@hooks.register("insert_global_admin_css")
def language_boxes() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/languages.css"))


def _state(call: Call) -> str:
    return call_state(call).label


def _next_deadline(call: Call) -> str:
    step = chain(call).next_step
    if step is None:
        return ""
    return f"{step.label}: {moment(step.due_at) if step.has_time else day(step.due_at)}"


class CallChooserViewSet(FactsChooserViewSet):
    """Choose a call, or make a new one on the spot; its chain follows under Calls."""

    creation_form_class = NewCallForm


class CallViewSet(SnippetViewSet):
    """Calls with where they stand and what comes next."""

    model = Call
    icon = "calendar-check"
    menu_label = _("Calls")
    menu_name = "calls"
    menu_order = 200
    add_to_admin_menu = True
    chooser_viewset_class = CallChooserViewSet
    list_display = [
        "__str__",
        "programme",
        Column("state", label=_("State"), accessor=_state),
        Column("next", label=_("Next deadline (Brussels)"), accessor=_next_deadline),
    ]
    search_fields = ["title", "programme", "reference"]
    edit_handler = ObjectList(PANELS, base_form_class=CallFactsForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        return Call.objects.with_chain()


class TermFilters(WagtailFilterSet):
    """Which terms the list shows."""

    class Meta:
        model = Term
        fields = ["vocabulary"]


class TermViewSet(SnippetViewSet):
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


class ContactViewSet(SnippetViewSet):
    """Who answers questions: roles with their mailboxes."""

    model = Contact
    icon = "mail"
    menu_label = _("Contacts")
    menu_name = "contacts"
    menu_order = 250
    add_to_admin_menu = True
    chooser_viewset_class = ContactChooserViewSet
    list_display = ["__str__", "email"]


register_snippet(CallViewSet)
register_snippet(QuestionViewSet)
register_snippet(TermViewSet)
register_snippet(ContactViewSet)
