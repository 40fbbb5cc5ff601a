"""Making one account part of another: counted first, moved in one transaction."""
