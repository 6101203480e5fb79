"""Files going out: tables, summaries, printed sheets. Import from the modules; only xlsx loads openpyxl."""
