"""PDFs that everybody can read: `typesetting.render` makes one from a Typst template and plain data, for every app."""
