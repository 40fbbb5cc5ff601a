"""What members asked for and what became of it."""
