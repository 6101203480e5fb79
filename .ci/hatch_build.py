"""What the build does beside copying the package: compile the catalogues, and put config/ and data/ into the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("config", "data")


class ReleaseHook(BuildHookInterface[Any]):
    """Turns every messages.po below the package into the messages.mo beside it, and ships the folders of settings."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Work before files are collected; `version` is "standard" or "editable"."""
        for source in (Path(self.root) / "coordinator_tui").rglob("messages.po"):
            compile_catalogue(source)
        if version == "standard":  # an editable install reads the checkout's own folders; copies would go stale
            build_data["force_include"].update({folder: f"coordinator_tui/_shipped/{folder}" for folder in SHIPPED})


def compile_catalogue(source: Path) -> None:
    """Write messages.mo beside LOCALE/LC_MESSAGES/messages.po."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as texts:
        catalogue = read_po(texts, locale=source.parts[-3])
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
