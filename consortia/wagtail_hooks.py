from wagtail.snippets.models import register_snippet

from consortia.interest.admin import InterestViewSet

register_snippet(InterestViewSet)
