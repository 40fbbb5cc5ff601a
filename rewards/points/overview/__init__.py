"""The programme at a glance, for managers: what was issued and spent, what it may cost, and what a person should look at."""
