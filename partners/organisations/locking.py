"""What several people do to one organisation at once comes one after the other."""

from partners.organisations.models import Organisation


def hold(organisation: Organisation) -> None:
    """Make others who change its members, claims, offers or profile wait until this transaction ends."""
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).values_list("pk"))
