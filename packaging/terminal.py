"""Where the packaged command line starts."""

import sys

from child import run_if_child

if __name__ == "__main__":
    run_if_child()
    from fastclip_desktop.cli.main import main

    sys.exit(main())
