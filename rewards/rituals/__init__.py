"""Rhythms and rituals: weeks in a row, and the days on which the house says thank you."""
