"""Status levels and what they open."""
