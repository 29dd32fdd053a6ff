"""The only place that constructs adapters and joins them."""

from __future__ import annotations

import os

from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.sources.newest_ytdlp import use_newest


def build_engine() -> Engine:
    """An engine for this user and machine; close it, or use it in a ``with``."""
    paths = find_paths(os.environ)
    use_newest(paths.sites)
    return Engine(InProcessRunner(), paths)
