"""What the team does about one member besides judging: notes for each other, and looking at the site as they see it."""
