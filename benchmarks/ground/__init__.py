"""What all benchmarks stand on: a database of their own, made-up content to fill it with, and what was measured."""
