"""Asking to be let into a private space at its door (docs/spaces.md)."""
