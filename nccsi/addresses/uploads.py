"""Pictures that people uploaded, served as pictures and nothing else; documents go through Wagtail's own view."""

import errno
import logging
from mimetypes import guess_type
from posixpath import normpath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from hub.files.private import INERT

logger = logging.getLogger(__name__)

# The proxy in front knows the same ones (deploy/nginx.conf).
FOLDERS = ("images/", "original_images/", "avatar_images/")
TYPES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
YEAR = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or one of its renditions; the proxy in front answers for those that lie in a folder of its machine."""
    # Documents lie beside them but may be private: Wagtail's own view asks who wants them.
    name = normpath(path)
    if not name.startswith(FOLDERS) or "\x00" in path:
        raise Http404
    response: HttpResponseBase
    try:
        changed = default_storage.get_modified_time(name).timestamp()
        if was_modified_since(request.headers.get("If-Modified-Since"), changed):
            file = default_storage.open(name)
            response = FileResponse(file, content_type=guess_type(name)[0] or "application/octet-stream")
            response["Last-Modified"] = http_date(changed)
        else:
            response = HttpResponseNotModified()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise Http404 from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Http404 from error
        logger.exception("Uploads cannot be read")
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    response["Content-Security-Policy"] = INERT
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    if isinstance(response, FileResponse) and response["Content-Type"] not in TYPES:
        response["Content-Disposition"] = "attachment"
    return response
