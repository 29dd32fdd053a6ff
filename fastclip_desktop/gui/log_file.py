"""What the window notes of its work, in a file that stays small."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

LOG = "fastclip.log"
"""Its name in the folder of logs; older ones have a number behind it."""

_MOST_BYTES = 1_000_000
_OLDER = 2
_LAST_LINES = 200
_LAST_BYTES = 64_000


def keep_log(folder: Path) -> logging.Handler | None:
    """Write the log of this process to a file as well; ``None`` where there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / LOG, maxBytes=_MOST_BYTES, backupCount=_OLDER, encoding="utf-8", errors="replace", delay=True
        )
    except OSError:
        logging.getLogger(__name__).info("No log is kept in %s", folder, exc_info=True)
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler


def last_lines(folder: Path) -> str:
    """The end of what was noted last; empty where nothing was."""
    try:
        with (folder / LOG).open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _LAST_BYTES))
            text = file.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-_LAST_LINES:])
