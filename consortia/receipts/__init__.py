"""What the portal attests: `issuing.issue` signs it, `verifying` says whether a receipt is genuine and still stands."""
