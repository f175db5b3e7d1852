"""The addresses at the door. They have no language: a seat's code is read by whoever stands there, in their own."""

from django.urls import path

from events.door import offline, printing, views

app_name = "door"

urlpatterns = [
    path("open/<str:token>/", views.start, name="start"),
    path("leave/", views.leave, name="leave"),
    path("<uuid:uid>/", views.door_page, name="page"),
    path("<uuid:uid>/note/", views.note, name="note"),
    path("<uuid:uid>/walk-in/", views.walk_in, name="walk_in"),
    path("<uuid:uid>/names/", offline.names, name="names"),
    path("<uuid:uid>/send/", offline.send, name="send"),
    path("<uuid:uid>/shell/", offline.shell, name="shell"),
    path("<uuid:uid>/worker.js", offline.worker, name="worker"),
    path("<uuid:uid>/badges/", printing.badges, name="badges"),
    path("<uuid:uid>/badges.pdf", printing.badges_pdf, name="badges_pdf"),
    path("<uuid:uid>/attendance.pdf", printing.attendance_pdf, name="attendance_pdf"),
    path("<uuid:uid>/attendance/", printing.attendance, name="attendance"),
    path("<uuid:uid>/<uuid:person>/", views.seat, name="seat"),
]
