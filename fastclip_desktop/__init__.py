"""FastClip Desktop: exact clips from any video, found by times or by words, on your own machine."""

__version__ = "0.1.0"
