"""Who asks: keys as dependencies of the routes, so that no route is open because of how its path is written."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from fastclip_desktop.api.guard import ALLOWANCE
from fastclip_desktop.api.services import Here, Services
from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.errors import TooOften
from fastclip_desktop.engine.named_calls import NamedCall

_SCHEME = "bearer"
_LONGEST_NAME = 255


async def any_key(request: Request, here: Here) -> ApiKey:
    """The live key that a request shows; one request of it is counted.

    Raises:
        HTTPException: 401.
        TooOften: the key has asked too often.
    """
    shown = request.headers.getlist("authorization")
    return _let_in(_bearer(shown[0]) if len(shown) == 1 else "", request, here)


async def either_key(request: Request, here: Here) -> ApiKey:
    """Likewise of the second contract, whose key may come as ``x-api-key`` too; who shows two has to mean the same.

    Raises:
        HTTPException: 401.
        TooOften: the key has asked too often.
    """
    bearers, plain = request.headers.getlist("authorization"), request.headers.getlist("x-api-key")
    secrets = {*map(_bearer, bearers), *(each.strip() for each in plain)}
    is_one = len(secrets) == 1 and len(bearers) <= 1 and len(plain) <= 1
    return _let_in(secrets.pop() if is_one else "", request, here)


async def full_key(key: Annotated[ApiKey, Depends(any_key)]) -> ApiKey:
    """A live key that opens everything.

    Raises:
        HTTPException: 401 as above; 403 for one that only makes clips.
    """
    if key.scope is not Scope.ALL:
        raise HTTPException(403, "This key makes clips and opens nothing else.")
    return key


async def counted_address(request: Request, here: Here) -> None:
    """Count one request of somebody without a key.

    Raises:
        TooOften: the address has asked too often.
    """
    _count(request, here, f"address {request.client.host if request.client else ''}")


async def call_name(request: Request) -> str | None:
    """What the caller calls this very request, so as to be able to send it again.

    Raises:
        HTTPException: 400 for an empty name, a long one, or several.
    """
    names = request.headers.getlist("idempotency-key")
    if not names:
        return None
    if len(names) > 1 or not 0 < len(names[0]) <= _LONGEST_NAME or not names[0].isprintable():
        raise HTTPException(400, f"An Idempotency-Key has 1 to {_LONGEST_NAME} printable characters.")
    return names[0]


AnyKey = Annotated[ApiKey, Depends(any_key)]
EitherKey = Annotated[ApiKey, Depends(either_key)]
FullKey = Annotated[ApiKey, Depends(full_key)]
CallName = Annotated[str | None, Depends(call_name)]


def named_call(name: str | None, key: ApiKey, route: str, body: bytes) -> NamedCall | None:
    """A call by the name that its caller gave it, if one did."""
    return None if name is None else NamedCall(key.id, name, route, body)


def _bearer(header: str) -> str:
    scheme, _, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == _SCHEME else ""


def _let_in(secret: str, request: Request, here: Services) -> ApiKey:
    key = here.engine.keys.find(secret) if secret else None
    if key is None:
        raise HTTPException(401, "The API key is missing or not valid.", {"WWW-Authenticate": "Bearer"})
    _count(request, here, key.id)
    return key


def _count(request: Request, here: Services, caller: str) -> None:
    most = here.settings.policy.requests_a_minute
    try:
        allowance = here.engine.request_limits.visit(caller, most)
    except TooOften as error:
        setattr(request.state, ALLOWANCE, here.engine.request_limits.refused(error))
        raise
    setattr(request.state, ALLOWANCE, allowance)
