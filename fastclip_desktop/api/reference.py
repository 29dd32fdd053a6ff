"""``/openapi.json``, ``/docs`` and ``/llm``: what there is to call, told by the application's own tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from fastclip_desktop.api import auth
from fastclip_desktop.api.docs_page import CONTENT_POLICY, docs_page, json_content
from fastclip_desktop.api.llm_page import llm_page
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.v1.origin import origin_of

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def get_schema(request: Request) -> Response:
    """The OpenAPI schema."""
    return JSONResponse(request.app.openapi())


@router.get("/docs")
async def get_docs(request: Request) -> Response:
    """The reference for people."""
    return HTMLResponse(docs_page(request.app.openapi()), headers={"content-security-policy": CONTENT_POLICY})


@router.get("/llm")
async def get_llm(request: Request, here: Here) -> Response:
    """The reference for language models."""
    return PlainTextResponse(llm_page(request.app.openapi(), here.settings, origin_of(request)))


def describe(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Have an application's schema say who may call what, and nothing that FastAPI only supposes.

    Args:
        app: the application.
        routers: all that it has.
    """
    made = app.openapi
    keyed = _keyed_routes(routers)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _corrected(made(), keyed)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's own guide to extending it does


_Security = list[dict[str, list[str]]]

_KEYS: tuple[tuple[object, _Security], ...] = (
    (auth.any_key, [{"key": []}]),
    (auth.either_key, [{"key": []}, {"plainKey": []}]),
)
"""What a route that depends on one of these asks for, one or the other."""


def _keyed_routes(routers: Sequence[APIRouter]) -> dict[tuple[str, str], _Security]:
    """What the routes that ask for a key ask for, by path and method, found out from what they depend on."""
    return {
        (route.path, method.lower()): asked
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
        for call, asked in _KEYS
        if _depends_on(route.dependant, call)
        for method in route.methods or ()
    }


def _depends_on(dependant: Dependant, call: object) -> bool:
    return dependant.call is call or any(_depends_on(each, call) for each in dependant.dependencies)


def _corrected(schema: dict[str, Any], keyed: dict[tuple[str, str], _Security]) -> dict[str, Any]:
    components = schema["components"]
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "sk_live_…"},
        "plainKey": {"type": "apiKey", "in": "header", "name": "x-api-key", "description": "The same."},
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            if "HTTPValidationError" in str(answers.get("422", "")):
                del answers["422"]  # what does not validate is 400 here
            if (path, method) in keyed:
                operation["security"] = keyed[path, method]
            body = json_content(operation.get("requestBody"))
            if body is not None:
                components["schemas"].update(body["schema"].pop("$defs", {}))
    _link(schema, ("/v1/clip", "/v1/clip/auto"), "job_id", "$response.body#/job_id")
    _link(schema, ("/v1/clips",), "clip_id", "$response.body#/clips/0/id")
    _link(schema, ("/api/v1/ai-clipping/jobs",), "projectId", "$response.body#/projectId")
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    return schema


def _link(schema: dict[str, Any], sources: tuple[str, ...], parameter: str, value: str) -> None:
    """Say that an answer of some routes holds what others ask for in their path."""
    targets = {
        operation["operationId"]: {"operationId": operation["operationId"], "parameters": {parameter: value}}
        for path, operations in schema["paths"].items()
        if f"{{{parameter}}}" in path
        for operation in operations.values()
        if [each["name"] for each in operation["parameters"] if each["in"] == "path"] == [parameter]
    }
    for source in sources:
        for operation in schema["paths"][source].values():
            operation["responses"]["200"]["links"] = targets
