"""What staff are asked who comment on a figure."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hub.dates.brussels import BRUSSELS
from hub.dates.fields import DayInput
from hub.languages.names import language_name

# No figure of the portal is about an earlier day.
EARLIEST = date(2000, 1, 1)
LONGEST = 2_000


class CommentForm(forms.Form):
    """About which day or days, in which language, and for whom."""

    text = forms.CharField(
        label=_("Comment"),
        help_text=_("Why it rose or fell, what it leaves out. Name no people."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of the comment"), choices=[])
    until = forms.DateField(label=_("About this day, or until"), widget=DayInput)
    since = forms.DateField(
        label=_("From"), help_text=_("Only if it is about several days."), required=False, widget=DayInput
    )
    is_public = forms.BooleanField(label=_("Show it to everybody, on the public page"), required=False)

    def __init__(self, data: Any = None) -> None:
        today = timezone.localdate(timezone=BRUSSELS)
        super().__init__(data, initial={"until": today, "language": get_language()}, prefix="comment")
        languages: Any = self.fields["language"]
        languages.choices = [(code, language_name(code)) for code, _name in settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and day < EARLIEST:
                self.add_error(name, gettext("Choose a day from 2000 on."))
        if since and until and since > until:
            self.add_error("until", gettext("The second day comes before the first. Choose a later one."))
        return cleaned
