"""The window in which a person says how FastClip is to behave."""
