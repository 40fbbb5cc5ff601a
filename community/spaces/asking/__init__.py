"""What spaces ask of whoever begins a thread: a text to begin with, and fields to fill in."""
