from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Every message that leaves the portal, and who asked for which."""

    name = "notifications"
    verbose_name = _("Notifications")
    mails = {
        "notifications/already": _("Followed already"),
        "notifications/confirm": _("Link to confirm following"),
        "notifications/manage": _("Link to what an address follows"),
        "notifications/passed_on": _("Mail of the admin"),
        "notifications/welcome": _("Welcome to what somebody follows"),
    }
    not_shown = ("*",)

    def ready(self) -> None:
        """Let the accounts' mail leave through the outbox, and show on "my page" what a person follows."""
        from accounts.personal_data import declarations, scrubbing
        from accounts.privacy import keeping
        from accounts.profile import my_page
        from accounts.users import outgoing
        from notifications.delivery import pauses, sending
        from notifications.delivery.keeping_times import REFUSING_DOMAINS
        from notifications.following import welcome
        from notifications.following.keeping_times import FOLLOWERS
        from notifications.following.my_page import followed
        from notifications.outbox import mailbox_cap, outbox
        from notifications.outbox.keeping_times import LAST_MAILS, MAILS, UNINVITED_MAILS
        from notifications.outbox.models import Message
        from notifications.personal_data import DECLARED

        keeping.register(FOLLOWERS)
        keeping.register(MAILS, erase=outbox.delete_old, due=outbox.due)
        keeping.register(LAST_MAILS, erase=outbox.forget_last, due=outbox.due_last)
        keeping.register(UNINVITED_MAILS, erase=mailbox_cap.forget, due=mailbox_cap.due)
        keeping.register(REFUSING_DOMAINS, erase=pauses.forget_old, due=pauses.due)
        outgoing.connect(outbox.queue)
        my_page.register(followed, position=10)
        declarations.register(DECLARED)
        sending.register_check(welcome.bring_up_to_date)
        scrubbing.register(Message, "context", "attachments", "subject", "error")
