"""What the demo's files say: words, terms by their codes, moments of the next round."""
