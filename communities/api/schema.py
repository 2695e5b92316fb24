"""How the API is described: OpenAPI 3.1."""

import re

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiTypes,
    inline_serializer,
)
from rest_framework import serializers

from .paging import Pages
from .problems import PROBLEM_TYPE

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "In the reader's language."},
        "errors": {
            "type": "object",
            "description": "The faults by field; `steps.2.cycle` is the third step's cycle.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "current": {"description": "Of 412: the document as it stands now."},
    },
}

IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 255},
    "description": "Yours, new for each thing that you create. The same request sent again within 24"
    " hours creates nothing more and is answered in the same way.",
}


class Describing(AutoSchema):
    """An operation is called by its view and method, and stands with those on the same kind of thing."""

    def get_operation_id(self):
        name = type(self.view).__name__.removesuffix("View")
        words = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        return f"{words}_{self.method.lower()}"

    def get_tags(self):
        within = self.path.split("/")[5:]
        return [within[0] if within and within[0] else "communities"]

    def get_description(self):
        own = getattr(self.view, self.method.lower()).__doc__ or type(self.view).__dict__["__doc__"]
        return " ".join((own or "").split())

    def get_summary(self):
        """The first sentence."""
        return re.split(r"[.:;] |[.:]$", self.get_description())[0]


PAGING = [
    {
        "name": "cursor",
        "in": "query",
        "schema": {"type": "string"},
        "description": "Where a page begins, as `next` and `previous` have it.",
    },
    {
        "name": "page_size",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": Pages.max_page_size},
        "description": f"How many at once; {Pages.page_size} where nothing is said.",
    },
]


def page_of(document):
    """A page of a list of these documents."""
    address = {"allow_null": True, "help_text": "The address of that page."}
    fields = {"next": serializers.URLField(**address), "previous": serializers.URLField(**address)}
    name = f"{document.__name__}Page"
    return inline_serializer(name, fields | {"results": document(many=True)})


def complete(result, generator, request, public):
    """What all operations have in common: how they say that something went wrong, that documents hold
    nothing unknown, and that what is created can be asked for twice."""
    parts = result.setdefault("components", {}).setdefault("schemas", {})
    parts["Problem"] = PROBLEM
    for name, part in parts.items():
        if name.endswith("Request") and part.get("type") == "object":
            part["additionalProperties"] = False
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {
                "description": "It was not done, and why.",
                "content": content,
            }
            parameters = operation.setdefault("parameters", [])
            if "201" in operation["responses"]:
                parameters.append(IDEMPOTENCY)
            if answers_with(operation).endswith("Page"):
                parameters += PAGING
    return result


def example(name, value):
    """Of a document that is sent."""
    return OpenApiExample(name, value=value, request_only=True)


def in_query(name, kind=OpenApiTypes.STR, description="", **kwargs):
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **kwargs)


IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of what you saw. 412 where it is something else now.",
)


def answers_with(operation):
    """The name of the document that it answers with."""
    content = operation["responses"].get("200", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return schema.get("$ref", "").rpartition("/")[2]
