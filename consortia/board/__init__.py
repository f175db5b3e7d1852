"""What staff see of the consortia of a call, as far as these allow it: `stages.STAGES`, the lists behind their figures,
`gaps.gaps` over all, one consortium, and `reminding.remind` for those who have not signed."""
