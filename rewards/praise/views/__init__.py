"""Thanks and shout-outs in the browser."""
