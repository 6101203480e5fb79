"""Compile the translation catalogues when the package is built or installed for development."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Turns every messages.po below the package into the messages.mo beside it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected; `version` is "standard" or "editable"."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for po in (Path(self.root) / "coordinator_tui").rglob("messages.po"):
            with po.open("rb") as source:
                catalogue = read_po(source, locale=po.parts[-3])
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
