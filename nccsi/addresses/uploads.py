"""Pictures that people uploaded, served as pictures and nothing else; documents go through Wagtail's own view."""

from posixpath import normpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from nccsi.framework.middleware import INERT

# The proxy in front knows the same ones (deploy/nginx.conf).
FOLDERS = ("images/", "original_images/", "avatar_images/")
TYPES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
YEAR = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or one of its renditions; in a deployment the proxy in front answers these addresses."""
    # Documents lie beside them but may be private: Wagtail's own view asks who wants them.
    if not normpath(path).startswith(FOLDERS) or "\x00" in path:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = INERT
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    if isinstance(response, FileResponse) and response["Content-Type"] not in TYPES:
        response["Content-Disposition"] = "attachment"
    return response
