from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from accounts.day import work
from learning.notes import screens as notes
from learning.notes.blocks import FIGURES
from learning.staff import screens
from learning.staff.admin import LearningGroup
from learning.staff.work import work as of_learning


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Where staff decide."""
    return [*screens.urlpatterns, *notes.urlpatterns]


hooks.register("register_admin_viewset", lambda: FIGURES)
register_snippet(LearningGroup)
work.register(of_learning)
