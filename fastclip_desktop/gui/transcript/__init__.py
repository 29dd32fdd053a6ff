"""The pane with what is said: read along, search, select words for a clip, correct them."""
