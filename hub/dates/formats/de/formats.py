"""German, with a comma before the hour, as in every language of the portal; the admin's pickers write slashes."""

from django.conf.locale.de import formats as german

DATETIME_FORMAT = "j. F Y, H:i"
DATE_INPUT_FORMATS = [*german.DATE_INPUT_FORMATS, "%d/%m/%Y"]
DATETIME_INPUT_FORMATS = [*german.DATETIME_INPUT_FORMATS, "%d/%m/%Y %H:%M"]
