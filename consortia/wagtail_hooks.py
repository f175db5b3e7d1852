from wagtail.snippets.models import register_snippet

from consortia.staff.admin import InterestViewSet

register_snippet(InterestViewSet)
