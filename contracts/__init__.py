"""Clients, contracts, feedback, the log and imports."""
