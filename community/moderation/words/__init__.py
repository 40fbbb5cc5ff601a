"""Words that are looked for in what members write."""
