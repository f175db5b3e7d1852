"""The directory, and below it what members do. No organisation is reached by so long an address."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from partners.claims import views as claims
from partners.contact import views as contact
from partners.directory import views
from partners.members import views as members
from partners.profile import views as profile

app_name = "partners"

urlpatterns = [
    path("", views.directory, name="directory"),
    path(pgettext_lazy("url", "invitation/<str:token>/"), members.invitation, name="invitation"),
    path(pgettext_lazy("url", "manage/<slug:slug>/"), profile.manage, name="manage"),
    path(pgettext_lazy("url", "manage/<slug:slug>/profile/"), profile.profile, name="profile"),
    path(pgettext_lazy("url", "manage/<slug:slug>/invite/"), members.invite, name="invite"),
    path(
        pgettext_lazy("url", "manage/<slug:slug>/invitations/<uuid:uuid>/"),
        members.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(pgettext_lazy("url", "manage/<slug:slug>/members/<int:membership>/"), members.member, name="member"),
    path(pgettext_lazy("url", "manage/<slug:slug>/members/<int:membership>/remove/"), members.remove, name="remove"),
    path(pgettext_lazy("url", "manage/<slug:slug>/leave/"), members.leave, name="leave"),
    path(pgettext_lazy("url", "new/profile/"), claims.propose, name="propose"),
    path(pgettext_lazy("url", "new/similar/"), claims.similar, name="similar"),
    path(pgettext_lazy("url", "claims/<int:claim>/"), claims.withdraw, name="withdraw_claim"),
    path(pgettext_lazy("url", "<slug:slug>/claim/"), claims.claim, name="claim"),
    path(pgettext_lazy("url", "<slug:slug>/write/"), contact.write, name="write"),
    path(pgettext_lazy("url", "<slug:slug>/written/"), contact.written, name="written"),
    path("<slug:slug>/", views.organisation, name="organisation"),
]
