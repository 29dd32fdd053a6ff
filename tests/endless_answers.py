"""For Schemathesis: gives requests for the answer that never ends a time after which it does.

Loaded by its command line as ``SCHEMATHESIS_HOOKS=tests.endless_answers``.
"""

from __future__ import annotations

import schemathesis

EVENTS = "/v1/events"


def end_at_once(case: schemathesis.Case) -> None:
    """Bound what would go on for ever; a time that is none is left for the server to refuse."""
    if case.path != EVENTS:
        return
    query = dict(case.query or {})
    given = query.get("seconds", 0)
    if given is None or isinstance(given, int) or str(given).isdecimal():
        query["seconds"] = 0
    case.query = query


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: schemathesis.Case, _arguments: dict[str, object]) -> None:
    """Bound each request before it is made."""
    end_at_once(case)
