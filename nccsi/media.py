"""Pictures that staff uploaded, where no web server in front serves them."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

PICTURES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}


@require_safe
def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file; whatever is not a picture by its type goes out as a download and may run nothing."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if isinstance(response, FileResponse) and response["Content-Type"] not in PICTURES:
        response["Content-Disposition"] = "attachment"
    return response
