"""Whether the portal's words are those that `docs/glossary.md` chose, set as each language sets them.

Entered by `manage.py check_words`; reads the catalogs and the content that comes with the code.
"""
