"""What members may take with them and have forgotten, and how long the house keeps things."""
