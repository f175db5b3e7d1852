"""The contact form of an organisation: what somebody writes reaches its people, whose addresses are not shown."""
