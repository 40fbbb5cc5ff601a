"""What the systems of the brand tell: orders, renewals, product usage. What that is worth, others decide."""
