from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from learning.notes import screens as notes
from learning.notes.blocks import FIGURES
from learning.staff import screens, waiting
from learning.staff.admin import LearningGroup


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Where staff decide."""
    return [*screens.urlpatterns, *notes.urlpatterns]


hooks.register("register_admin_viewset", lambda: FIGURES)
hooks.register("construct_homepage_panels", notes.add_panel)
hooks.register("construct_homepage_panels", waiting.add_panel)
register_snippet(LearningGroup)
