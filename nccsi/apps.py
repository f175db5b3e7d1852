from django.apps import AppConfig


class NccsiConfig(AppConfig):
    """The wiring: addresses, settings and the demo."""

    name = "nccsi"

    def ready(self) -> None:
        from nccsi import checks  # noqa: F401 - registers itself
