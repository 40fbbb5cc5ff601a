"""Members thank one another in public; the team says thank you with a shout-out."""
