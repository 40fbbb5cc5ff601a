"""Messages in the browser."""
