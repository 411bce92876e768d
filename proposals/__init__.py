"""Proposal templates, blocks, composer and funnel (B1–B11)."""
