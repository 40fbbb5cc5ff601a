"""What every feature's `api.py` is built from: the base view, reading what was sent, and pages by cursor."""
