"""A reuse, and what was said of it: version by version, each checked."""
