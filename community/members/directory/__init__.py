"""The directory: who is here, by what they say of themselves and by what they do."""
