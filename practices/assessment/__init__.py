"""How a practice is judged, criterion by criterion: kept, edited by staff, told to readers by
`presentation.assessment`.
"""
