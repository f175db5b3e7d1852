"""An organisation wants to take part in a call: `registration.register_interest`, then a link in a mail."""
