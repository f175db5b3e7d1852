"""A copy of everything about a person: asked for on a page, written by the worker, fetched by a link that ends."""


def forget() -> int:
    return 0
