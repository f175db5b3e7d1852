"""What goes when: which records of an event are erased at which moment, as staff see it before it happens."""
