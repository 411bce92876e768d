"""Texts with placeholders, such as “Hi {{ client_name }}”, filled in one pass.

Names come from an allowed list; there is no logic, no attribute access, and what was filled in is
never read again, so a client called “{{ title }}” stays just that.
"""
