"""Where the packaged command line starts."""

import sys

from fastclip_desktop.cli.main import main

sys.exit(main())
