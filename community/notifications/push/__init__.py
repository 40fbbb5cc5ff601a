"""Notices to browsers: keys, sealing, queueing, asking the contact gate, sending, settling."""
