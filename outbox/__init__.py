"""Every outgoing e-mail as a row."""
