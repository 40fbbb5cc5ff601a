"""How much a new member's text looks like advertising: signs, weights, a score, and what came of it."""
