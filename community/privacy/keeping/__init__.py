"""What is kept how long: counted before it goes, and removed a little at a time (docs/privacy.md)."""
