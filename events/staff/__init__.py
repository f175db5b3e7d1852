"""What staff do with events in the admin: `forms.PANELS` is their form, `admin` the list, `losses` what is lost."""
