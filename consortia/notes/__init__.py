"""Notes that the organisations of a consortium share: `writing.write`, `change`, `remove`."""
