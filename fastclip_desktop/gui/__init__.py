"""The window: a front end over the engine."""
