from django.urls import include, path
from django.utils.translation import pgettext_lazy

from events import views

app_name = "events"

# The agenda's pages live in the tree under the same translated word; a uid never is a page's slug.
urlpatterns = [
    path(
        pgettext_lazy("url", "events/"),
        include(
            [
                path("<uuid:uid>.ics", views.event_calendar, name="calendar"),
                path(pgettext_lazy("url", "<uuid:uid>/sign-up/"), views.sign_up, name="sign_up"),
                path(pgettext_lazy("url", "<uuid:uid>/signed-up/"), views.signed_up, name="signed_up"),
                path(pgettext_lazy("url", "<uuid:uid>/to-confirm/"), views.to_confirm, name="to_confirm"),
                path(pgettext_lazy("url", "confirm/<str:token>/"), views.confirm_registration, name="confirm"),
                path(pgettext_lazy("url", "cancel/<str:token>/"), views.cancel_registration, name="cancel"),
            ]
        ),
    ),
]
