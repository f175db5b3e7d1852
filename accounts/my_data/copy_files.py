"""A copy as a download that no browser opens and nobody on the way keeps."""

from django.http import FileResponse

from accounts.personal_data.models import DataCopy


def download(copy: DataCopy) -> FileResponse:
    """Who may have it is asked before."""
    name = f"data-{copy.asked_at:%Y-%m-%d}.zip"
    response = FileResponse(copy.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
