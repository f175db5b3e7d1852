from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hub.site.frame import SiteFrame


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page shows of the site itself; looked up only when a template asks."""
    frame = SiteFrame(request)
    return {
        "site": frame,
        "site_frame": frame,  # allauth's views put a `site` of their own above ours; base.html takes this one
        "canonical_url": SimpleLazyObject(lambda: frame.canonical_url),
        "alternates": SimpleLazyObject(lambda: frame.alternates),
    }
