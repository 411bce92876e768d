"""When a weekly rule at a local hour fires next, daylight saving included."""
