"""What is new about what people follow, an organisation or a theme: an app tells by `sources.register`."""
