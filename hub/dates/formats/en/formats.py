"""English as it is written in Europe: Django's own would read 12/04/2027 as the fourth of December."""

from django.conf.locale.en_GB import formats as british

DATE_INPUT_FORMATS = ["%Y-%m-%d", *british.DATE_INPUT_FORMATS]
DATETIME_INPUT_FORMATS = british.DATETIME_INPUT_FORMATS
