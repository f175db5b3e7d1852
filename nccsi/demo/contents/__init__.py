"""What the demo adds to the portal, a kind each; `loading.load` adds all that is missing."""
