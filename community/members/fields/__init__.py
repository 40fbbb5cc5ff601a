"""Profile fields: what the brand would like to know of its members, and what they answered."""
