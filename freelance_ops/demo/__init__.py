"""Made-up sample practices: nothing here is anybody's real data."""
