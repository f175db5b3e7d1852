"""A seat at an event: taken under the event's lock, waited for, and given back."""
