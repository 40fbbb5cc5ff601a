"""Bringing a community in from elsewhere, with its history."""
