"""Who acts for an organisation: `inviting.invite`, `roles`, and `rules`, which says who may do what."""
