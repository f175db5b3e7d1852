"""Changes that people are told of, and what is lost when something is taken away: asked, shown, refused."""
