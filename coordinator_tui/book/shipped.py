"""Where the files lie that come with the program: rule packs, legends, calendars, synonyms, the demo's data."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, named as in the checkout: "config/legends.yaml".

    Raises FileNotFoundError when nothing of that name was shipped.
    """
    inside_the_wheel = _PACKAGE / "_shipped"
    path = (inside_the_wheel if inside_the_wheel.is_dir() else _PACKAGE.parent) / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: this installation of coordinator-tui is incomplete")
    return path
