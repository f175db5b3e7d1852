"""Addresses below those of the directory; no organisation is reached by so long a one."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from consortia.conflicts import views as conflicts
from consortia.coverage import views as coverage
from consortia.declaration import views as declaration
from consortia.documents import views as documents
from consortia.drafting import views as drafting
from consortia.files import views as files
from consortia.filling import views as filling
from consortia.interest import views
from consortia.introductions import views as introductions
from consortia.matching import views as matching
from consortia.members import views as members
from consortia.notes import views as notes
from consortia.proposal import views as proposal
from consortia.receipts import views as receipts
from consortia.recommendation import views as recommendation
from consortia.reviewing import views as reviewing
from consortia.sharing import views as sharing
from consortia.sign_off import views as sign_off
from consortia.time_stamps import views as time_stamps
from consortia.to_do import views as to_do

app_name = "consortia"

urlpatterns = [
    path(pgettext_lazy("url", "interest/<int:call_id>/"), views.interest, name="interest"),
    path(pgettext_lazy("url", "interest/<int:call_id>/sent/"), views.interest_sent, name="interest_sent"),
    path(
        pgettext_lazy("url", "interest/<int:call_id>/registered/"),
        views.interest_registered,
        name="interest_registered",
    ),
    path(pgettext_lazy("url", "interest/<int:call_id>/who/"), coverage.who, name="who"),
    path(pgettext_lazy("url", "interest/confirm/<str:token>/"), views.confirm_interest, name="confirm_interest"),
    path(pgettext_lazy("url", "interest/correct/<str:token>/"), views.correct_interest, name="correct_interest"),
    path(pgettext_lazy("url", "interest/withdraw/<str:token>/"), views.withdraw_interest, name="withdraw_interest"),
    path(pgettext_lazy("url", "interest/own/<uuid:uuid>/"), members.change_interest, name="change_interest"),
    path(
        pgettext_lazy("url", "interest/own/<uuid:uuid>/withdraw/"),
        members.withdraw_own_interest,
        name="withdraw_own_interest",
    ),
    path(
        pgettext_lazy("url", "interest/<int:call_id>/matches/<slug:slug>/"),
        matching.matches,
        name="matches",
    ),
    path(
        pgettext_lazy("url", "interest/<int:call_id>/matches/<slug:slug>/ask/<int:organisation>/"),
        introductions.ask,
        name="ask",
    ),
    path(pgettext_lazy("url", "introductions/<int:pk>/"), introductions.introduction, name="introduction"),
    path(pgettext_lazy("url", "receipts/verify/"), receipts.verify, name="verify"),
    path(pgettext_lazy("url", "receipts/keys/"), receipts.keys, name="receipt_keys"),
    path(pgettext_lazy("url", "receipts/<str:number>/verify/"), receipts.receipt, name="receipt"),
    path(pgettext_lazy("url", "receipts/<str:number>/time-stamp/"), time_stamps.time_stamp, name="time_stamp"),
    path(pgettext_lazy("url", "consortia/begin/<int:call_id>/<slug:slug>/"), drafting.begin, name="begin"),
    path(pgettext_lazy("url", "consortia/sign/<str:token>/"), sign_off.sign_by_mail, name="sign_by_mail"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/"), drafting.consortium, name="consortium"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/words/"), drafting.change_words, name="change_words"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/invite/"), drafting.invite, name="invite"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/part/<int:member>/"), drafting.set_part, name="set_part"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/centre/"), sharing.share, name="share"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/declare/"), declaration.declare, name="declare"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/withdraw-declaration/"),
        declaration.withdraw,
        name="withdraw_declaration",
    ),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/receipts/<str:number>/"), declaration.receipt, name="own_receipt"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/receipts/<str:number>/pdf/"),
        declaration.receipt_pdf,
        name="receipt_pdf",
    ),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/receipts/<str:number>/file/"),
        declaration.receipt_file,
        name="receipt_file",
    ),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/"), proposal.proposal, name="proposal"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/submit/"), proposal.submit, name="submit"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/<int:part>/"), filling.part, name="proposal_part"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/<int:part>/versions/<int:number>/"),
        filling.text_version,
        name="text_version",
    ),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/receipts/<str:number>/"),
        proposal.receipt,
        name="proposal_receipt",
    ),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/receipts/<str:number>/pdf/"),
        proposal.receipt_pdf,
        name="proposal_pdf",
    ),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/proposal/receipts/<str:number>/file/"),
        proposal.receipt_file,
        name="proposal_file",
    ),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/sign/<int:member>/"), sign_off.sign, name="sign"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/do/<str:action>/<int:member>/"),
        drafting.act,
        name="act",
    ),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/documents/"), documents.documents, name="documents"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/documents/add/"), documents.add_document, name="add_document"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/documents/<int:document>/"), documents.document, name="document"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/documents/<int:document>/remove/"),
        documents.remove_document,
        name="remove_document",
    ),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/files/<uuid:version>/"), files.download, name="download"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/files/<uuid:version>/remove/"),
        files.remove_version,
        name="remove_version",
    ),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/space/"), files.space_of, name="space"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/uploads/"), files.begin_upload, name="begin_upload"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/uploads/<uuid:upload>/"), files.upload, name="upload"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/notes/"), notes.notes, name="notes"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/notes/<int:note>/"), notes.change_note, name="change_note"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/notes/<int:note>/remove/"), notes.remove_note, name="remove_note"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/tasks/"), to_do.tasks, name="tasks"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/tasks/add/"), to_do.add_task, name="add_task"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/tasks/<int:task>/"), to_do.change_task, name="change_task"),
    path(pgettext_lazy("url", "consortia/<uuid:uuid>/tasks/<int:task>/remove/"), to_do.remove_task, name="remove_task"),
    path(
        pgettext_lazy("url", "consortia/<uuid:uuid>/tasks/<int:task>/tick/<str:action>/"),
        to_do.tick_task,
        name="tick_task",
    ),
    path(pgettext_lazy("url", "reviews/<int:call_id>/"), reviewing.reviews, name="reviews"),
    path(pgettext_lazy("url", "reviews/<int:call_id>/conflicts/"), conflicts.review_conflicts, name="review_conflicts"),
    path(pgettext_lazy("url", "reviews/<uuid:uuid>/"), reviewing.review, name="review"),
    path(pgettext_lazy("url", "reviews/<uuid:uuid>/side-by-side/"), recommendation.side_by_side, name="side_by_side"),
    path(
        pgettext_lazy("url", "reviews/<uuid:uuid>/lift/<int:reviewer>/<str:conflict>/"),
        conflicts.lift_conflict,
        name="lift_conflict",
    ),
]
