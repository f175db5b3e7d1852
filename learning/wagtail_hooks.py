from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from learning.staff import screens
from learning.staff.admin import LearningGroup


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Where staff decide."""
    return [*screens.urlpatterns]


register_snippet(LearningGroup)
