"""The close-out board: the cadence of `contracts.cadence` for the contracts of a practice."""
