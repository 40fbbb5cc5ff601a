"""Direct and small-group conversations: seen by those who take part, by the team only through a report."""
