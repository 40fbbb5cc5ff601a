"""API keys and scopes, embeds, import and export."""
