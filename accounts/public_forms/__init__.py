"""Guards of forms that anybody may send: `spam.GuardedForm`, how often (`throttling`), from where (`origin`), names
without links.
"""
