"""``fastclip serve``: the local API without a window."""

from __future__ import annotations

import os
import signal
import sys
import time
from argparse import Namespace
from contextlib import ExitStack
from dataclasses import replace

from fastclip_desktop.api.app import create_app
from fastclip_desktop.api.server import LOOPBACK, ApiServer
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.bootstrap import build_kept_engine
from fastclip_desktop.cli.report import write_json
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import Preferences, read_preferences

_LOOK_AROUND = 0.5
"""Seconds; a signal ends the sleep at once on most systems, on Windows after that."""


def serve(options: Namespace) -> int:
    """Answer requests until Ctrl-C or a request to end; jobs under way go on at the next start.

    Raises:
        InputError: ``data_in_use`` if another FastClip has the data folder, and says which; what else
            :func:`~fastclip_desktop.bootstrap.build_kept_engine` raises.
        UsageError: ``bad_usage`` for a port that cannot be had.
    """
    preferences, warnings = read_preferences(find_paths(os.environ).config)
    _say(*warnings)
    settings = ServerSettings.of(preferences)
    if options.allow_local_sources:
        settings = replace(settings, allow_local_sources=True)
    with ExitStack() as on_the_way_out:
        engine = on_the_way_out.enter_context(build_kept_engine("fastclip serve"))
        _say(*engine.warnings)
        port = preferences.port if options.port is None else options.port
        app = create_app(engine, settings)
        server = on_the_way_out.enter_context(ApiServer(app, LOOPBACK, port, settings.lan_address))
        try:
            _introduce(server, preferences, settings, as_json=options.json)
            while True:
                time.sleep(_LOOK_AROUND)
        except KeyboardInterrupt:
            for number in (signal.SIGINT, signal.SIGTERM):  # it ends already; an impatient second one changes nothing
                signal.signal(number, signal.SIG_IGN)
    return 0


def _introduce(server: ApiServer, preferences: Preferences, settings: ServerSettings, *, as_json: bool) -> None:
    if preferences.lan_address:
        _say(
            f"Everybody in the network of {preferences.lan_address} can reach it too, and whoever has a key can use "
            "this machine; keys travel there for others to read."
        )
    if settings.allow_local_sources:
        _say("Requests may name files of this machine and addresses of its network.")
    # Last: whoever has read where it answers has been told all the rest.
    if as_json:
        write_json({"url": server.address, "port": server.port, "policy": settings.policy.name})
    else:
        print(f"FastClip answers at {server.address}/v1; {server.address}/docs says what.")
    sys.stdout.flush()


def _say(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr, flush=True)
