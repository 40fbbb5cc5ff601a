"""Automations: the welcome and the same-day ice-breaker."""
