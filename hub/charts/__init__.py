"""Lines and bars as places on a drawing, in whole units; the template puts them into SVG, with the table beside."""
