"""Which consortia are recommended: `settling.settle` by a chair, `releasing.release` for all at one moment by staff."""
