"""What staff do with indicators: their words, baseline and targets, figures by hand, corrections of what was kept."""
