"""How a draft comes to be and changes: `beginning.begin`, `words.change`, `membership`; and its pages."""
