"""Policy notes: a question, its answer, what speaks for and against it. `citing.cite` keeps what was cited as it was."""
