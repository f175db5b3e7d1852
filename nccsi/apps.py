from django.apps import AppConfig


class NccsiConfig(AppConfig):
    """The wiring: addresses, settings and the demo."""

    name = "nccsi"
