"""The demo: practices, organisations and calls that exist, and logins whose password everyone knows.

Everything here refuses to run where `DEMO` is off.
"""
