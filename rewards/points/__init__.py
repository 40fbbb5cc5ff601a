"""A double-entry ledger, earning rules and the member's statement."""
