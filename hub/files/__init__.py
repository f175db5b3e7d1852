"""What comes and goes as a file: checked, stripped of what a picture tells about its maker, harmless in a
spreadsheet.
"""
