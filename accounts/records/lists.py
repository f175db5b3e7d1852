"""Where the admin lists the records of a model."""

from typing import Any

from django.urls import reverse


def url(model: Any) -> str:
    """The address of its list; registering the model as a snippet puts `snippet_viewset` on it."""
    return reverse(model.snippet_viewset.get_url_name("list"))
