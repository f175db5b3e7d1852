"""The library as it is asked for: facets, their counts, the parameters of an address (`filters.PracticeFilterSet`),
and the page.
"""
