"""The list of the admin as a file, and the way from there to the import."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from hub.sheets import writing
from hub.sheets.models import UploadedSheet
from hub.sheets.screens import ImportScreens


class ImportFilter(django_filters.ModelChoiceFilter):
    """Narrows a list to what one spreadsheet made or changed, among those that the reader imported.

    `uploads` is the app's own kind of `UploadedSheet`, which knows who uploaded it.
    """

    def __init__(self, uploads: Any) -> None:
        def own(request: HttpRequest | None) -> "QuerySet[UploadedSheet]":
            if request is None:
                nothing: QuerySet[UploadedSheet] = uploads._default_manager.none()
                return nothing
            found: QuerySet[UploadedSheet] = uploads._default_manager.filter(by=request.user, done_at__isnull=False)
            return found

        super().__init__(label=_("Imported file"), queryset=own)

    def filter(self, qs: "QuerySet[Any]", value: UploadedSheet | None) -> "QuerySet[Any]":
        """What was taken away since is left out."""
        return qs.filter(pk__in=value.keys_made) if value else qs


class SheetIndexView(IndexView):
    """Gives all that the list shows as a file; an app says how by `export` and `screens`."""

    FORMATS = writing.FORMATS
    export: ClassVar[Callable[..., HttpResponseBase]]
    screens: ClassVar[ImportScreens]

    @cached_property
    def show_export_buttons(self) -> bool:
        return True

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        url = self.get_export_url(writing.JSON)
        buttons.append(Button(gettext("Download JSON"), url=url, icon_name="download", priority=110))
        if self.screens.may(self.request.user):
            url = self.screens.address("import")
            buttons.append(Button(str(self.screens.title), url=url, icon_name="upload", priority=120))
        return buttons

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The list, or all of it as a file."""
        if not self.is_export:
            response: HttpResponseBase = super().get(request, *args, **kwargs)
            return response
        try:
            return type(self).export(self.get_queryset(), request.GET["export"], to=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.index_url)
