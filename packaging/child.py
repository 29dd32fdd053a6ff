"""Makes the packaged program one of its own child processes, if that is what it was started for.

A packaged program has no interpreter to start beside it: its children are itself, told apart by their first argument.
"""

import sys

_WORD = "--fastclip-child"
"""What ``fastclip_desktop.runners.child`` writes before a child's own arguments; importing it would take too long."""


def run_if_child() -> None:
    """Do a child's work and end, before anything else is imported; come back in a program that a person started."""
    if sys.argv[1:2] == [_WORD]:
        from fastclip_desktop.runners.child import main

        main(sys.argv[2:])
        sys.exit()
