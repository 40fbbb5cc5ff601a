"""Forgetting a member: identity first, then everything each feature holds, then every word that is left."""
