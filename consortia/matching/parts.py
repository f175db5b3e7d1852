"""What makes one interest complete another, and what each of it is worth; `docs/matching.md` has the same table."""

from partners.matching.parts import Part

# What they bring that is sought.
SOUGHT_TRACK = Part("sought_track", 5, is_once=False)
SOUGHT_SECTOR = Part("sought_sector", 5)
# What they seek that is here.
SEEKS_TRACK = Part("seeks_track", 4, is_once=False)
SEEKS_SECTOR = Part("seeks_sector", 4)
# What they bring that is not here, though nobody says that it is sought.
NEW_TRACK = Part("new_track", 3, is_once=False)
NEW_SECTOR = Part("new_sector", 3)
ROLE = Part("role", 2)
THEME = Part("theme", 2, is_once=False)
REGION = Part("region", 2)
NETWORK = Part("network", 1)
COUNTRY = Part("country", 1)

PARTS = (
    SOUGHT_TRACK,
    SOUGHT_SECTOR,
    SEEKS_TRACK,
    SEEKS_SECTOR,
    NEW_TRACK,
    NEW_SECTOR,
    ROLE,
    THEME,
    REGION,
    NETWORK,
    COUNTRY,
)
# The same from both sides: whoever completes whom.
MUTUAL = (ROLE, THEME, REGION, NETWORK, COUNTRY)
