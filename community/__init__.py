"""Who is here, and what do they say? The lowest family: it imports nothing above itself."""
