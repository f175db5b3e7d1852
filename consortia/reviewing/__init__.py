"""How consortia are judged: criteria of a call (`criteria`), and what each reviewer thinks (`judging.save`); its pages."""
