"""Where the packaged programs start: ``fastclip-desktop`` opens the window, ``fastclip`` is the command line.

Both are the same file under two names, for most of their 20 MB would be equal. On Windows they are two, since a program
has a console there or has none.
"""

import os
import sys
from pathlib import Path

from child import run_if_child


def _leave_the_system_its_libraries() -> None:
    """Let a browser or a file manager that is started from here load the system's libraries, not those packed here.

    The loader of this process has read the variable already; a child of FastClip sets it anew when it starts.
    """
    if sys.platform == "linux":
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        if before is None:
            os.environ.pop("LD_LIBRARY_PATH", None)
        else:
            os.environ["LD_LIBRARY_PATH"] = before


def _keep_everything_here_if_portable() -> None:
    """Use a folder beside the programs instead of the home folder, where ``portable.txt`` says so."""
    here = Path(sys.executable).parent
    if (here / "portable.txt").exists():
        os.environ.setdefault("FASTCLIP_HOME", str(here / "FastClip data"))


def _is_command_line() -> bool:
    called = sys.executable if sys.platform == "win32" else sys.argv[0]
    return Path(called).stem == "fastclip"


if __name__ == "__main__":
    _leave_the_system_its_libraries()
    _keep_everything_here_if_portable()
    run_if_child()
    if _is_command_line():
        from fastclip_desktop.cli.main import main
    else:
        from fastclip_desktop.gui.main import main

    sys.exit(main())
