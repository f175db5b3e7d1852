"""A seat at an event: `registration.register` takes one under the event's lock, `cancel` gives it back."""
