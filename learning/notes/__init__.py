"""Policy notes: a question, an answer, what speaks for and against it; `citing.cite` keeps what was cited as it was."""
