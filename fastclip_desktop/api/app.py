"""The application: all routes over one engine, behind the guard."""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI

import fastclip_desktop
from fastclip_desktop.api import clip_files, reference, share_page
from fastclip_desktop.api.errors import answer_in_sentences
from fastclip_desktop.api.guard import Guard
from fastclip_desktop.api.info_desk import InfoDesk
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.api.services import Services
from fastclip_desktop.api.signed_links import SignedLinks
from fastclip_desktop.api.subclip import jobs as shorts_jobs
from fastclip_desktop.api.subclip import quota as shorts_quota
from fastclip_desktop.api.subclip import uploads as shorts_uploads
from fastclip_desktop.api.v1 import (
    account,
    analyze,
    clip_jobs,
    clips,
    events,
    info,
    share,
    transcript,
    uploads,
    webhooks,
)
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.publishing import output_error

_ROUTERS = (
    info.router,
    analyze.router,
    transcript.router,
    clip_jobs.router,  # its /v1/clip/{job_id} would take the two before for the id of a job
    clips.router,
    account.router,
    share.router,
    uploads.router,
    events.router,
    webhooks.router,
    shorts_uploads.router,
    shorts_jobs.router,
    shorts_quota.router,
    clip_files.router,
    share_page.router,
    reference.router,
)


class Application(Guard):
    """The routes behind the guard.

    Args:
        routes: all of them.
        services: what they work with.
    """

    def __init__(self, routes: FastAPI, services: Services) -> None:
        super().__init__(routes, services.settings.hosts)
        routes.state.services = services
        self._routes = routes
        self._services = services

    def change(self, settings: ServerSettings) -> None:
        """Go by other settings from the next request on; what this machine is called stays. From any thread."""
        self._services.info.settings = settings
        self._routes.state.services = replace(self._services, settings=settings)


def create_app(engine: Engine, settings: ServerSettings) -> Application:
    """The application over a started engine.

    Args:
        engine: does the work; whoever made it closes it after the server.
        settings: what to go by.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``: there is no place for clips.
    """
    try:
        engine.clips_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, engine.clips_folder) from error
    links = SignedLinks(engine.secret("links"), engine.clock)
    return Application(create_routes(), Services(engine, settings, links, InfoDesk(engine, settings)))


def create_routes() -> FastAPI:
    """The routes alone, which is all that a reference of them takes."""
    app = FastAPI(
        title="FastClip Desktop",
        version=fastclip_desktop.__version__,
        description="Clips of videos, made on this machine.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for router in _ROUTERS:
        app.include_router(router)
    answer_in_sentences(app)
    reference.describe(app, _ROUTERS)
    return app
