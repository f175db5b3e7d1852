"""Under what terms the data may be used, and what tells so in each answer."""

from typing import TypedDict


class Licence(TypedDict):
    """Its short name and its own address."""

    name: str
    uri: str


# Words and facts that the centre publishes; pictures and files have terms of their own and are not part of the data.
LICENCE: Licence = {"name": "CC BY 4.0", "uri": "https://creativecommons.org/licenses/by/4.0/"}
# The same for answers without room for it, such as CSV (RFC 8288, RFC 4946).
LINK = f'<{LICENCE["uri"]}>; rel="license"'
