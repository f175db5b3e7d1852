"""How words find practices: the index of the library (`models.LibraryEntry`, kept by triggers), a reader's words
understood, and the query made of them.
"""
