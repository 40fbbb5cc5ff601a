"""How do brand and members listen to each other? May import rewards and community."""
