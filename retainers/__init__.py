"""Retainers: pricing, hours ledger and forecast (T1–T9)."""
