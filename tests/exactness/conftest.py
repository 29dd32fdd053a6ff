"""Adds up by which way the cuts were made, over all tests of the run."""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many cuts were copied, smart and encoded in full."""
    ways: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == "cuts" and report.when == "call":
                    ways.update(value)
    if ways:
        told = ", ".join(f"{count} {way}" for way, count in ways.most_common())
        terminalreporter.write_line(f"exactness: {ways.total()} cuts: {told}")
