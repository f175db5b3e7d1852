"""A seat at an event: `registration.register` takes one under the event's lock, a link in the mail gives it back."""
