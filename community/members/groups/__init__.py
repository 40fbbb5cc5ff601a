"""Groups: sets of members with owners, a page and a name that can be called (docs/groups.md)."""
