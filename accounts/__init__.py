"""People, practices, roles, scoping and the audit trail."""
