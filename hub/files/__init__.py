"""What comes and goes as a file: checked, stripped of what a picture tells, harmless in a spreadsheet."""
