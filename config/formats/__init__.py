"""How dates and times are written, where that differs from what Django says of a language."""
