"""The Job Success Score: engine, page, readings (J1–J12)."""
