"""The command line: a front end over the engine."""
