"""``python -m fastclip_desktop`` is the command line."""

import sys

from fastclip_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
