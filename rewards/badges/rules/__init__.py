"""Rules of badges: small trees that say what is counted and how much of it is enough."""
