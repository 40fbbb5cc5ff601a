"""The kinds of cases that moderation itself brings into the queue."""
