"""French, with a comma before the hour, as in every language of the portal."""

DATETIME_FORMAT = "j F Y, H:i"
