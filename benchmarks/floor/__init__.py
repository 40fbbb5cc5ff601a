"""The floor of the comparison."""
