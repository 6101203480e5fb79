"""`python -m coordinator_tui`: the same program as the command."""

from __future__ import annotations

from coordinator_tui.cli.main import run

if __name__ == "__main__":
    run()
