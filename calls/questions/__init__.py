"""Questions about a call: asked by anybody, answered in public."""
