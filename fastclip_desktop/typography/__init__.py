"""Captions, hooks and calls to action, painted with Qt's text layout: the same for the preview and for the file."""
