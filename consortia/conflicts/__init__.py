"""Conflicts of interest, computed whenever they are asked for: `computing.conflicts`; `lifting.lift` by a chair."""
