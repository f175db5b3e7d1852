"""Pages and practices: every version of them is kept, and none is put over a newer one unseen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.models import Page, Revision

from hub import brussels
from hub.facts.views import holding
