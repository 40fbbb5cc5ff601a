"""The only code here that speaks to the network. Each channel says whether it worked, failed for now, or for good."""
