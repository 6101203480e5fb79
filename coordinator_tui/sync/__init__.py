"""Carriers of change logs between machines: a folder, SSH, a PostgreSQL hub. Knows the store and nothing else."""
