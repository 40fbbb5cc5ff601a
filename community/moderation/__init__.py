"""Reports, cases, the review queue and the audit log."""
