"""Who agreed to be named as knowing about a question: asked by mail (`naming.invite`) or offering it themselves."""
