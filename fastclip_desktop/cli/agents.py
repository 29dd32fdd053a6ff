"""``fastclip mcp``: the engine for agents."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from argparse import Namespace
from functools import partial

from fastclip_desktop.api.mcp import serve_agents as answer_agents
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.bootstrap import build_engine, build_kept_engine
from fastclip_desktop.diagnostics.crashes import watch
from fastclip_desktop.diagnostics.known_secrets import Origin
from fastclip_desktop.diagnostics.redaction import register
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import read_preferences

KEY = "FASTCLIP_KEY"
"""The variable of the environment that may hold the secret of a key."""

_LOOK_AROUND = 0.5
"""Seconds; a signal ends the wait at once on most systems, on Windows after that."""


def serve_agents(options: Namespace) -> int:
    """Answer the agent at the standard input until that ends, Ctrl-C, or a request to end.

    Raises:
        InputError: what :func:`~fastclip_desktop.bootstrap.build_kept_engine` raises; ``data_in_use`` only where a key
            was named, whose limits nobody else could keep. ``unknown_key`` if there is no such key.
    """
    preferences, warnings = read_preferences(find_paths(os.environ).config)
    settings = ServerSettings(
        policy=preferences.policy,
        allow_local_sources=options.allow_local_sources or preferences.allow_local_sources,
    )
    secret = os.environ.pop(KEY, "")  # the children that read media have no business with it
    register(secret, origin=Origin.ENVIRONMENT)
    engine, kept = _engine(must_keep=options.key_name is not None or bool(secret))
    with engine:
        key = _key(engine, options.key_name, secret)
        for sentence in (*warnings, *engine.warnings):
            print(sentence, file=sys.stderr, flush=True)
        answer = partial(answer_agents, engine, settings, kept=kept, key=key)
        # The thread that waits for the next line cannot be told to stop; a signal leaves it behind.
        answering = threading.Thread(target=answer, name="agents", daemon=True)
        answering.start()
        try:
            while answering.is_alive():
                answering.join(_LOOK_AROUND)
        except KeyboardInterrupt:
            for number in (signal.SIGINT, signal.SIGTERM):  # an impatient second one changes nothing
                signal.signal(number, signal.SIG_IGN)
    if answering.is_alive():
        if (watched := watch()) is not None:
            watched.end()
        logging.shutdown()
        os._exit(0)
    return 0


def _engine(*, must_keep: bool) -> tuple[Engine, bool]:
    """The engine with the library, and that it is; one without a memory if another program has the library."""
    try:
        return build_kept_engine("fastclip mcp"), True
    except InputError as error:
        if error.code is not ErrorCode.DATA_IN_USE:
            raise
        if must_keep:
            raise InputError(
                error.code,
                error.message,
                "What a key may still spend is known only there: close it first, or start without a key.",
            ) from error
        return build_engine(), False


def _key(engine: Engine, name: str | None, secret: str) -> ApiKey | None:
    """The key whose limits are to hold."""
    if name is not None:
        return engine.keys.named(name)
    if not secret:
        return None
    key = engine.keys.find(secret)
    if key is None:
        raise InputError(
            ErrorCode.UNKNOWN_KEY,
            f"The key in {KEY} is not valid.",
            "See `fastclip keys list` for those that are live.",
        )
    return key
