"""All figures by area, and the page of each, for staff in the admin (`screens`) and for everybody (`views`)."""
