"""FastClip Desktop: exact clips from any video, found by times or by words, on your own machine."""

import os

__version__ = "0.1.0"

# ONNX Runtime counts how it is used, under a number that it gives this machine, and tells its maker. It asks for this
# as soon as it is imported, by whichever library, so it has to stand there before; children inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
