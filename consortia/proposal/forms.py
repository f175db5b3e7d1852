"""What comes with the button that submits a proposal."""

from django import forms


class SubmitForm(forms.Form):
    """The versions that the page showed, and the number of the receipt that counted there."""

    chosen = forms.RegexField(r"^([0-9]{1,9}\.[0-9]{1,9}(,[0-9]{1,9}\.[0-9]{1,9})*)?\Z", required=False, max_length=700)
    seen = forms.CharField(required=False, max_length=20)
