"""What each figure was on each day: `taking.take` every night, `correcting.correct` by a new row with a reason."""
