"""Inbox, preferences, the contact gate and its channels."""
