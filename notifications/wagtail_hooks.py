"""What staff see of the mail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from accounts.day import work
from notifications.admin import bulk_actions
from notifications.admin.followers import SubscriptionViewSet, SuppressionViewSet
from notifications.admin.messages import MessageViewSet
from notifications.admin.work import work as of_mail

for viewset in (MessageViewSet, SubscriptionViewSet, SuppressionViewSet):
    register_snippet(viewset)
for action in bulk_actions.ALL:
    hooks.register("register_bulk_action", action)
work.register(of_mail)
