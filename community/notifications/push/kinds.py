"""What notices to browsers are called where they have no kind of their own."""

# The one that a member sends to themselves to see whether it works.
TEST = "push.test"
