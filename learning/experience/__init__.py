"""What people went through that says something about a question: `sharing.tell`, then `show` or `decline` by staff."""
