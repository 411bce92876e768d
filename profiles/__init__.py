"""Profile drafts, versions and checks (P1–P11)."""
