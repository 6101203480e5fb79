"""The size of a run: 1 in every run, 100 in a campaign (set by conftest.py before the laws are read)."""

from __future__ import annotations

import os

from hypothesis import settings

SCALE = 1


def examples(number: int, *, steps: int | None = None) -> settings:
    """Return settings for `number` examples in a usual run; $LAWS_SCALE multiplies them further."""
    found = settings(max_examples=max(1, round(number * SCALE * float(os.environ.get("LAWS_SCALE", "1")))))
    return settings(found, stateful_step_count=steps) if steps else found
