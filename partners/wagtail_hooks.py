from wagtail.snippets.models import register_snippet

from partners.admin import PartnersGroup
from partners.interest_admin import InterestViewSet

register_snippet(PartnersGroup)
register_snippet(InterestViewSet)
