"""What is known by now: `writing.write` makes the next version of an answer, upon the one read; none is lost."""
