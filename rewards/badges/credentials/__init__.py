"""Badges that members carry away: signed credentials after Open Badges 3.0, which any wallet or site can check."""
