from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from practices.choosing import compare_views, shortlist_views
from practices.context import views as context_views
from practices.contributing import file_views, submission_views
from practices.contributing import views as step_views
from practices.following import feeds
from practices.library import views
from practices.page import views as page_views
from practices.reconfirmation import views as reconfirmation_views
from practices.reuse_reports import check_views as reuse_checks
from practices.reuse_reports import own_views as own_reuse
from practices.reuse_reports import views as reuse_views
from practices.tracker import feeds as tracker_feeds
from practices.tracker import views as tracker_views

app_name = "practices"

urlpatterns = [
    path("", views.library, name="library"),
    # With a dot: no practice can be called that, since a slug has none.
    path("feed.atom", require_safe(feeds.NewestPractices()), name="feed"),
    # What no practice may be called: reserved_slugs in practices/practice/models/practice.py.
    path(pgettext_lazy("url", "compare/"), compare_views.compare, name="compare"),
    path(pgettext_lazy("url", "mainstreaming/"), tracker_views.tracker, name="tracker"),
    path(pgettext_lazy("url", "mainstreaming/feed.atom"), require_safe(tracker_feeds.Moves()), name="tracker_feed"),
    path(pgettext_lazy("url", "mainstreaming/practices/"), tracker_views.practices, name="tracker_practices"),
    path(pgettext_lazy("url", "mainstreaming/moves/"), tracker_views.moves, name="tracker_moves"),
    path(pgettext_lazy("url", "mainstreaming/policy/"), tracker_views.hooks, name="tracker_hooks"),
    path(pgettext_lazy("url", "shortlist/"), shortlist_views.my_shortlist, name="shortlist"),
    path(pgettext_lazy("url", "shortlist/keep/"), shortlist_views.keep, name="keep"),
    path(pgettext_lazy("url", "shortlist/remove/"), shortlist_views.unkeep, name="unkeep"),
    path(pgettext_lazy("url", "shortlist/clear/"), shortlist_views.clear, name="clear_shortlist"),
    path(pgettext_lazy("url", "my-situation/"), context_views.my_situation, name="situation"),
    path(pgettext_lazy("url", "my-situation/forget/"), context_views.forget, name="forget_situation"),
    path(pgettext_lazy("url", "submit/"), step_views.submit, name="submit"),
    path(pgettext_lazy("url", "submit/<uuid:uuid>/<int:number>/"), step_views.step, name="submit_step"),
    path(pgettext_lazy("url", "submit/<uuid:uuid>/files/"), file_views.submit_files, name="submit_files"),
    path(
        pgettext_lazy("url", "submit/<uuid:uuid>/files/<uuid:file>/remove/"),
        file_views.remove_file,
        name="remove_file",
    ),
    path(pgettext_lazy("url", "submit/<uuid:uuid>/check/"), step_views.check, name="submit_check"),
    path(pgettext_lazy("url", "mine/"), submission_views.submissions, name="submissions"),
    path(pgettext_lazy("url", "mine/<uuid:uuid>/"), submission_views.submission, name="submission"),
    path(pgettext_lazy("url", "mine/<uuid:uuid>/answers/"), submission_views.given_answers, name="given_answers"),
    path(pgettext_lazy("url", "mine/<uuid:uuid>/withdraw/"), submission_views.withdraw, name="withdraw_submission"),
    path(
        pgettext_lazy("url", "mine/<uuid:uuid>/files/<uuid:file>/"),
        file_views.download,
        name="submission_file",
    ),
    path(pgettext_lazy("url", "still-true/<str:token>/"), reconfirmation_views.reconfirm, name="reconfirm"),
    path("<slug:slug>/", page_views.practice, name="practice"),
    path(pgettext_lazy("url", "<slug:slug>/ask/"), page_views.ask, name="ask"),
    path(pgettext_lazy("url", "<slug:slug>/ask/sent/"), page_views.asked, name="asked"),
    path(pgettext_lazy("url", "<slug:slug>/update/"), submission_views.propose_update, name="propose_update"),
    path(pgettext_lazy("url", "<slug:slug>/reuse/"), reuse_views.reuses, name="reuses"),
    path(pgettext_lazy("url", "<slug:slug>/reuse/report/"), own_reuse.report, name="report_reuse"),
    path(pgettext_lazy("url", "<slug:slug>/reuse/<uuid:uuid>/"), reuse_views.reuse, name="reuse"),
    path(pgettext_lazy("url", "<slug:slug>/reuse/<uuid:uuid>/update/"), own_reuse.update, name="update_reuse"),
    path(pgettext_lazy("url", "<slug:slug>/reuse/<uuid:uuid>/withdraw/"), own_reuse.withdraw, name="withdraw_reuse"),
    path(pgettext_lazy("url", "<slug:slug>/reuse/<uuid:uuid>/check/"), reuse_checks.check, name="check_reuse"),
]
