"""The browser's way into threads."""
