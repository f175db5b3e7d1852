"""What the OpenAPI description says in several places."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from hub.open_data.addresses import ROOT
from hub.open_data.licence import LICENCE

WORDS = OpenApiParameter("q", description="Words to search for, in any of the portal's languages.")
PROBLEM = {
    "type": "object",
    "description": "What went wrong and what to do about it (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "retry_after": {"type": "integer", "description": "With 429: how many seconds to wait."},
    },
}


def codes(name: str, description: str) -> OpenApiParameter:
    """A parameter that may come several times, each time with a code; several mean any of them."""
    where = f"Codes: `{ROOT}terms/?vocabulary={name}`."
    return OpenApiParameter(name, type=OpenApiTypes.STR, many=True, description=f"{description} {where}".strip())


def named(name: str, type_: Any = str, field: str = "") -> OpenApiParameter:
    """The part of an address that names one row."""
    description = f"As `{field or name}` of a row in the list."
    return OpenApiParameter(name, type=type_, location=OpenApiParameter.PATH, description=description)


def file(content_type: str) -> dict[Any, Any]:
    """The response of a download."""
    return {(200, content_type): OpenApiResponse(OpenApiTypes.STR, description="The file.")}


def only_open_data(endpoints: list[Any]) -> list[Any]:
    """Called before the description is made: Wagtail's own addresses stay out of it."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(ROOT)]


def with_problems_and_licence(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Called after it: every address can answer that nothing changed, or with a problem."""
    result["info"]["license"] = {"name": LICENCE["name"], "url": LICENCE["uri"]}
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path, operations in result["paths"].items():
        renamed = {"301": {"description": "It has another slug now."}} if "{slug}" in path else {}
        for operation in operations.values():
            operation["responses"] |= renamed | {
                "304": {"description": "Not changed since the answer whose ETag or date came along."},
                "default": {"description": "Not found, not acceptable, too many requests …", "content": content},
            }
    return result
