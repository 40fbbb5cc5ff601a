"""First steps and missions: a few steps with a purpose, counted by the engine that counts for badges."""
