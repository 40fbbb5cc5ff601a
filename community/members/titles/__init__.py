"""Titles: what a group lets its people show beside their name, if they choose to (docs/groups.md)."""
