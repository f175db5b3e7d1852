"""Search over the whole site: one ranked list of pages, news, calls, events, organisations and practices.

Each app registers a `Source` of what it can find and the `Kind`s of these things (`registry`); a source says as a query
what fits and how well (`rows`), and `finding` makes one statement of all of them.
"""
