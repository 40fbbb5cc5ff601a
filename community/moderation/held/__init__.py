"""What was written and waits until someone of the team has looked."""
