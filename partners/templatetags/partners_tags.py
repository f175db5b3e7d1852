"""What other apps' pages show of partners."""

from django import template

from partners.directory.sectors import organisations_per_sector

register = template.Library()
register.simple_tag(organisations_per_sector)
