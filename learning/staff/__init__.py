"""What staff do with the agenda in the admin: what was proposed and told, the rounds of votes."""
