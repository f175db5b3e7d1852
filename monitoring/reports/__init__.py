"""Reports of a period: `beginning.begin` from a template, filled by staff, kept for good by `publishing.publish`."""
