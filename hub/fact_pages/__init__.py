"""The pages that tell of a fact, a language each: what there is of them, and the missing ones made in one step."""
