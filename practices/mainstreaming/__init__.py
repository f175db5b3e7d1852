"""What became of a practice: the history of its stage (`moving.move`, `moving.correct`), and the laws, budgets and
tenders that took it up or could (`PolicyHook`). Rows with a date and a source, which nobody alters; the stage that a
practice shows is the last of its history, kept by triggers (`practices/sql/mainstreaming.sql`).
"""
