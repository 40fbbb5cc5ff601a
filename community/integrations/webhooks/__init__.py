"""Webhooks: telling the brand's own systems what happened, by the Standard Webhooks specification (docs/webhooks.md)."""
