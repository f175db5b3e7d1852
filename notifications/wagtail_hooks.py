"""What staff see of the mail, under one entry of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.day import work
from notifications.admin import bulk_actions
from notifications.admin.followers import SubscriptionViewSet, SuppressionViewSet
from notifications.admin.messages import MessageViewSet
from notifications.admin.work import work as of_mail


class MailGroup(SnippetViewSetGroup):
    """The menu entry that holds all of them."""

    items = (MessageViewSet, SubscriptionViewSet, SuppressionViewSet)
    menu_icon = "mail"
    menu_label = _("Mail")
    menu_name = "mail"
    menu_order = 700


register_snippet(MailGroup)
for action in bulk_actions.ALL:
    hooks.register("register_bulk_action", action)
work.register(of_mail)
