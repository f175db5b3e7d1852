"""Whether what the demo's files say is right, before it is saved."""

from django.db.models import Model


def check(*records: Model) -> None:
    """Raises ValidationError for a wrong value; to what it refers and what is unique, the database sees on saving."""
    for record in records:
        others = {field.name for field in record._meta.fields if field.is_relation}
        record.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
