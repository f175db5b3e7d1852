"""Figures that the centre gives account of: what they say, counted how, with baseline and targets."""
