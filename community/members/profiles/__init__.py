"""The page of a member beyond the account: its banner, whom they follow, whom they ignore, the card that others see."""
