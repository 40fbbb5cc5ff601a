"""Where people talk: spaces, who may see and write there, and the tags used in them."""
