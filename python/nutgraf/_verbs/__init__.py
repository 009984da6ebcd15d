"""The verbs of a corpus, one file per family; :class:`nutgraf.Corpus` has them all.

The files are long because of their docstrings. Each verb documents its options,
columns, row order and cost, checks its options, and calls the core in a few lines.
"""
