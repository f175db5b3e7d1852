"""Which events, and whose sign-ups, somebody may see in the admin.

Staff have the rights of Wagtail and see all. An organiser has no right of that kind: they open the admin as members of
the group `ORGANISERS`, and see the events that name them. Every screen about events or sign-ups asks here.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.records.readonly_admin import ReadOnlyPolicy
from events.agenda.models import Event

ORGANISERS = "Organisers"
_ENTRY = "wagtailadmin.access_admin"


def install() -> str:
    """The group, with the right to open the admin and no other."""
    group, is_new = Group.objects.get_or_create(name=ORGANISERS)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return f"Group added: {ORGANISERS}." if is_new else ""


def given(user: Any) -> QuerySet[Event]:
    """The events that name this person as an organiser; none for who may not open the admin."""
    if not user.is_active or not user.has_perm(_ENTRY):
        return Event.objects.none()
    return Event.objects.filter(organisers=user.pk)


def sees_all(user: Any, model: type[Model]) -> bool:
    """Whether a right of staff opens all rows of this model."""
    app, name = model._meta.app_label, model._meta.model_name
    return any(user.has_perm(f"{app}.{action}_{name}") for action in ("view", "change", "add", "delete"))


def own(rows: Any, user: Any, *, event: str = "") -> Any:
    """Those of these rows that somebody may see; `event` names the way from a row to its event."""
    if sees_all(user, rows.model):
        return rows
    return rows.filter(Q(**{f"{event}__in" if event else "pk__in": given(user).values("pk")}))


def may_cancel_seats(user: Any, event: Event) -> bool:
    """Whether somebody may free a seat of this event."""
    return bool(user.has_perm("events.change_registration")) or given(user).filter(pk=event.pk).exists()


class _OrganisersToo:
    """A policy of Wagtail's by which organisers may view, too; what they view is limited row by row."""

    # The way from a row to its event, as an attribute; empty for events.
    event = ""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if super().user_has_permission(user, action):  # type: ignore[misc]  # of a policy
            return True
        return action == "view" and given(user).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if super().user_has_permission(user, action):  # type: ignore[misc]
            return True
        key = getattr(instance, f"{self.event}_id") if self.event else instance.pk
        return action == "view" and given(user).filter(pk=key).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        rows = self.model._default_manager.all()  # type: ignore[attr-defined]
        if any(super(_OrganisersToo, self).user_has_permission(user, action) for action in actions):  # type: ignore[misc]
            return rows
        return own(rows, user, event=self.event) if "view" in actions else rows.none()


class EventPolicy(_OrganisersToo, ModelPermissionPolicy):
    """Facts of events: organisers read theirs."""


class SeatPolicy(_OrganisersToo, ReadOnlyPolicy):
    """Who signed up: organisers read those of their events."""

    event = "event"
