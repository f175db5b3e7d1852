"""What became of the demo's practices elsewhere and in policy, and what the network does not know yet."""
