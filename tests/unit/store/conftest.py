from collections.abc import Iterator

import pytest

from fastclip_desktop.store.database import Database


@pytest.fixture
def memory() -> Iterator[Database]:
    """A database in memory."""
    with Database.in_memory() as database:
        yield database
