"""Where the packaged window starts."""

import sys

from child import run_if_child

if __name__ == "__main__":
    run_if_child()
    from fastclip_desktop.gui.main import main

    sys.exit(main())
