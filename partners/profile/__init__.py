"""The profile of an organisation as its members keep it: `completeness.lacks`, the form, and `editing.save`."""
