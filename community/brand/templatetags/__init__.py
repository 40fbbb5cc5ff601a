"""Tags by which Django templates (the sign-in pages) use the one set of Jinja components."""
