"""Where the packaged window starts."""

import sys

from fastclip_desktop.gui.main import main

sys.exit(main())
