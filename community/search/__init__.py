"""One index over everything a viewer may see."""
