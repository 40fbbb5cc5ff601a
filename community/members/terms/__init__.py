"""What members agree to: the terms in versions, and being asked again when they change."""
