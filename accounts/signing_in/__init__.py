"""Signing up and in by allauth, in the portal's way; `handover.register` is how an app takes part."""
