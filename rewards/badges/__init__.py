"""Badge definitions, rules and awards."""
