"""What staff say about a figure, such as why it fell: `writing.write`; what is marked public, everybody reads."""
