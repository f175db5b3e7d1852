from wagtail.snippets.models import register_snippet

from partners.organisations.admin import PartnersGroup

register_snippet(PartnersGroup)
