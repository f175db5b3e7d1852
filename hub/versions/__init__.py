"""Earlier versions of what staff edit: `old.forget` lets go of those that nothing needs any more."""
