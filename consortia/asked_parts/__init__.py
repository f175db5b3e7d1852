"""What a call asks for in a proposal: parts in an order, files or short texts; `setting.save` by staff."""
