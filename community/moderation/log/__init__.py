"""The log of what the team did: searched, taken out, and sealed against changes (docs/privacy.md)."""
