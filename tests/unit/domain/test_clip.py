from __future__ import annotations

import re

from fastclip_desktop.domain.clip import new_id


def test_ids_are_sixteen_plain_characters_and_never_the_same() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"[a-z0-9]{16}", one) for one in made)
