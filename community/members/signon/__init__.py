"""Signing in by others: the brand's own sign-in, or a provider that many people have an account with."""
