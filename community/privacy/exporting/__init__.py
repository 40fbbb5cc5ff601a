"""Making a copy of everything one member has here."""
