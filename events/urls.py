from django.urls import include, path
from django.utils.translation import pgettext_lazy

from events.afterwards.views import download_certificate, enter_number, give_feedback, verify_certificate
from events.agenda.views import event_calendar, series_calendar
from events.sign_up.own_views import (
    cancel_registration,
    change_registration,
    confirm_registration,
    hand_over_registration,
)
from events.sign_up.series_views import series_signed_up, series_to_confirm, sign_up_series
from events.sign_up.views import on_list, sign_up, signed_up, to_confirm

app_name = "events"

# The agenda's pages live in the tree under the same translated word; a uid never is a page's slug.
urlpatterns = [
    path(
        pgettext_lazy("url", "events/"),
        include(
            [
                path("<uuid:uid>.ics", event_calendar, name="calendar"),
                path(pgettext_lazy("url", "series/<uuid:uid>.ics"), series_calendar, name="series_calendar"),
                path(pgettext_lazy("url", "<uuid:uid>/sign-up/"), sign_up, name="sign_up"),
                path(pgettext_lazy("url", "series/<uuid:uid>/sign-up/"), sign_up_series, name="sign_up_series"),
                path(pgettext_lazy("url", "series/<uuid:uid>/signed-up/"), series_signed_up, name="series_signed_up"),
                path(
                    pgettext_lazy("url", "series/<uuid:uid>/to-confirm/"), series_to_confirm, name="series_to_confirm"
                ),
                path(pgettext_lazy("url", "<uuid:uid>/signed-up/"), signed_up, name="signed_up"),
                path(pgettext_lazy("url", "<uuid:uid>/on-the-list/"), on_list, name="on_list"),
                path(pgettext_lazy("url", "<uuid:uid>/to-confirm/"), to_confirm, name="to_confirm"),
                path(pgettext_lazy("url", "confirm/<str:token>/"), confirm_registration, name="confirm"),
                path(pgettext_lazy("url", "cancel/<str:token>/"), cancel_registration, name="cancel"),
                path(pgettext_lazy("url", "change/<str:token>/"), change_registration, name="change"),
                path(pgettext_lazy("url", "hand-over/<str:token>/"), hand_over_registration, name="hand_over"),
                path(pgettext_lazy("url", "feedback/<str:token>/"), give_feedback, name="feedback"),
                path(
                    pgettext_lazy("url", "certificate/of/<str:token>/"),
                    download_certificate,
                    name="download_certificate",
                ),
                path(pgettext_lazy("url", "certificate/"), enter_number, name="enter_number"),
                path(pgettext_lazy("url", "certificate/<str:number>/"), verify_certificate, name="certificate"),
            ]
        ),
    ),
]
