"""A terminal application for the people who coordinate teachers' learning and exchange."""
