"""The desk: the page of the one review queue, what is typed there, and its face in the admin."""
