"""The pages of the tree: what all of them have, those of the centre itself, their addresses and blocks."""
