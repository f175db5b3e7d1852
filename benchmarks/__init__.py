"""Measurements, each printing a table with ratios: `make bench`. None of them passes or fails."""
