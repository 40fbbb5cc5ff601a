"""What the Django templates of the sign-in package ask about the doors."""
