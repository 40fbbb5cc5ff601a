"""What Porchlight costs: each module measures one thing and prints a table and JSON."""
