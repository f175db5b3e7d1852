"""How much one reader of the open data may ask for; counted by network address, like the portal's forms."""

import math
import time

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.public_forms.throttling import allow_visitor


class ReadingLimit(BaseThrottle):
    """Single answers."""

    scope = "open_data"
    limit = 120
    per = 60

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Asking what may be asked costs nothing."""
        if request.method == "OPTIONS":
            return True
        return allow_visitor(request._request, self.scope, limit=self.limit, per=self.per)

    def wait(self) -> float:
        """Until the counters begin anew."""
        return float(math.ceil(self.per - time.time() % self.per))


class DownloadLimit(ReadingLimit):
    """Everything at once: a mirror needs one of each a day."""

    scope = "open_data.downloads"
    limit = 30
    per = 3600
