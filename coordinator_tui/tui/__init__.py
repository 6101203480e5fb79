"""Textual app: screens, widgets, commands, theme; `launch.run_tui` is the only door."""
