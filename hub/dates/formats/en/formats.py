"""English as it is written in Europe: Django's own would write Nov. 30, 2026, and read 12/04/2027 as 4 December."""

from django.conf.locale.en_GB import formats as british

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
MONTH_DAY_FORMAT = "j F"
DATE_INPUT_FORMATS = ["%Y-%m-%d", *british.DATE_INPUT_FORMATS]
DATETIME_INPUT_FORMATS = british.DATETIME_INPUT_FORMATS
