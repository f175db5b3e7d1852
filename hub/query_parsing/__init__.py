"""What a reader's words can mean, for every search of the portal: beginnings, slips, compounds, plurals, equal words.

`parsing.parse_query` reads what was typed, beside a `Lexicon` of the words that can be found;
`text_queries.TextQueries` writes it down as texts in each language are asked for it.
"""
