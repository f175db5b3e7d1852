"""How consortia are judged: `criteria` of a call, what each reviewer thinks (`judging.save`), and their pages."""
