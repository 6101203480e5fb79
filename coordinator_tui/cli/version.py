"""The version that is printed: a constant, because reading the package's metadata costs more than the help page."""

from __future__ import annotations

VERSION = "0.1.0"
"""Equal to `version` in pyproject.toml, which a test compares."""
