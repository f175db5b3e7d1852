from django import forms, template

register = template.Library()


@register.filter
def labelled(form: forms.BaseForm) -> forms.BaseForm:
    """allauth's form without placeholders: each field has its label above it, and says things once."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter
def without_colon(label: str) -> str:
    """A label as all others are written: allauth puts a colon behind some of its own."""
    return label.strip().removesuffix(":").rstrip()
