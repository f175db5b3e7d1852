"""What was said about figures, as staff see all of it."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from accounts.records.readonly_admin import RecordViewSet
from hub.facts.readonly_admin import day_column, moment_column
from monitoring.comments.models import Comment


def _figure(comment: Comment) -> str:
    return reverse("monitoring_admin_figure", args=[comment.indicator.code])


class CommentViewSet(RecordViewSet):
    """What staff said about figures; it is written on the page of a figure."""

    model = Comment
    icon = "comment"
    menu_label = _("Comments on figures")
    list_display = [
        TitleColumn("text", label=_("Comment"), get_url=_figure),
        Column("indicator", label=_("Indicator")),
        day_column("until", _("About this day, or until")),
        Column("is_public", label=_("Everybody reads it")),
        moment_column("at", _("Written (Brussels)")),
    ]
    list_filter = ["is_public"]
    search_fields = ["text"]
    list_per_page = 50
    inspect_view_fields = ["indicator", "since", "until", "text", "language", "is_public", "by", "at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return Comment.objects.select_related("indicator", "by")
