"""Rankings of those who chose to appear."""
