"""What is a contribution worth? May import community."""
