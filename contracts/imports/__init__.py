"""Imports of Upwork's exports: what `contracts.importing` read, brought into the practice.

The way of an import: `services` takes the file → `reading` reads it (`tasks` for a large one) →
`matching` compares it with what is stored → `previews` shows it → `decisions` keeps what the user
wants otherwise → `applying` writes it in one transaction → `undo` takes it back.
"""
