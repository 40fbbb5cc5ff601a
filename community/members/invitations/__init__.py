"""Invitations: by link, by e-mail, and many at once from a file."""
