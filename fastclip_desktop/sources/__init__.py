"""Finding out what a path or a link is, and bringing its bytes to this machine."""
