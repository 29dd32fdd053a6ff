"""Shorts in the window: what they are to look like, seen before they are made."""
