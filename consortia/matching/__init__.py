"""Who completes an organisation in a call: `completing.ranked` by a sum of named parts, `completing.found` in words."""
