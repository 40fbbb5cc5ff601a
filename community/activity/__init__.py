"""The spine: what happened (`Activity`), who must still hear it (`Delivery`), and the relay between them."""
