"""What the routes work with, made once for an application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from fastclip_desktop.api.info_desk import InfoDesk
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.api.signed_links import SignedLinks
from fastclip_desktop.engine.engine import Engine


@dataclass(frozen=True, slots=True)
class Services:
    """What the routes work with.

    Attributes:
        engine: does the work.
        settings: what to go by.
        links: permissions to fetch a clip's file.
        info: looks sources up.
    """

    engine: Engine
    settings: ServerSettings
    links: SignedLinks
    info: InfoDesk


async def services_of(request: Request) -> Services:
    """The services of the application that a request came to."""
    services = request.app.state.services
    if not isinstance(services, Services):
        raise TypeError("the application has no services")
    return services


Here = Annotated[Services, Depends(services_of)]
"""A route's parameter for them."""
