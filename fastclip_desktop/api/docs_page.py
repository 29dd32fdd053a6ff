"""The reference for people: one page of plain HTML, made from the schema, that fetches nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 18%, Canvas); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
section { border-top: 1px solid var(--line); padding: .75rem 0; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .2rem .75rem .2rem 0;
vertical-align: top; } .method { font-weight: 700; }
"""

_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

CONTENT_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may do: have its one style."""


def docs_page(schema: dict[str, Any]) -> str:
    """The page.

    Args:
        schema: the application's OpenAPI.
    """
    groups: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            (tag, *_) = operation.get("tags", ["Other"])
            groups.setdefault(tag, []).append(_operation(path, method, operation, schema))
    body = "".join(f"<h2>{escape(tag)}</h2>{''.join(parts)}" for tag, parts in groups.items())
    body += "<h2>Shapes</h2>" + "".join(
        f"<section>{_fields(name, shape, schema, of_answer=True)}</section>"
        for name, shape in inner_shapes(schema).items()
    )
    title = escape(schema["info"]["title"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}: the local API</h1><p>Version {escape(schema['info']['version'])}. "
        'For programs there are <a href="/openapi.json">the same as OpenAPI</a> and <a href="/llm">as plain text</a>.'
        f"</p>{body}</body></html>"
    )


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    key = "Needs a key." if operation.get("security") else "Needs no key."
    parts = [
        f'<section><p><span class="method">{escape(method.upper())}</span> <code>{escape(path)}</code></p>',
        f"<p>{escape(operation.get('description', operation.get('summary', '')))} {key}</p>",
    ]
    parts.extend(
        f"<p><code>{escape(parameter['name'])}</code> in the {escape(parameter['in'])}</p>"
        for parameter in operation.get("parameters", [])
    )
    body = json_content(operation.get("requestBody"))
    if body:
        parts.append(_fields("Body", body["schema"], schema))
    answers = operation["responses"]
    content = json_content(answers.get("200"))
    if content:
        parts.append(_fields("Answer", content["schema"], schema, of_answer=True))
    rows = "".join(
        f"<tr><td>{escape(status)}</td><td>{escape(answer['description'])}</td></tr>"
        for status, answer in answers.items()
    )
    parts.append(f"<details><summary>Statuses</summary><table>{rows}</table></details></section>")
    return "".join(parts)


def _fields(title: str, shape: dict[str, Any], schema: dict[str, Any], *, of_answer: bool = False) -> str:
    named = resolved(shape, schema)
    needed = named.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind_of(field))}"
        f"{'' if name in needed or of_answer else ', optional'}</td>"
        f"<td>{escape(field.get('description', ''))}</td></tr>"
        for name, field in named.get("properties", {}).items()
    )
    return f"<p>{escape(title)}</p><table>{rows}</table>"


def json_content(part: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a body or an answer has as JSON; ``None`` for one that is a file, or that there is none."""
    found: dict[str, Any] | None = (part or {}).get("content", {}).get("application/json")
    return found


def resolved(shape: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema itself rather than its reference."""
    name = shape.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schema["components"]["schemas"][name] if name else shape
    return found


def inner_shapes(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The named shapes that are parts of others, by name."""
    shapes: dict[str, dict[str, Any]] = schema["components"]["schemas"]
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    bodies = [body["schema"] for body in (json_content(each.get("requestBody")) for each in operations) if body]
    fields = [field for shape in (*shapes.values(), *bodies) for field in shape.get("properties", {}).values()]
    named = {kind.rpartition(" ")[2] for field in fields for kind in kind_of(field).split(" or ")}
    return {name: shape for name, shape in shapes.items() if name in named}


def kind_of(field: dict[str, Any]) -> str:
    """What kind of value a field has, in words."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        kinds = [kind_of(each) for each in field["anyOf"]]
        kinds = (
            ["number"] + [kind for kind in kinds if kind not in ("integer", "number")] if "number" in kinds else kinds
        )
        return " or ".join(kinds)
    if "enum" in field:
        return " or ".join(json.dumps(each) for each in field["enum"])
    if field.get("type") == "array":
        return f"list of {kind_of(field['items'])}"
    return str(field.get("type", json.dumps(field)))
