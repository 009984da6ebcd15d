"""What a corpus can be asked, one file a family of verbs; :class:`nutgraf.Corpus` inherits them all.

Files are long where their docstrings are: each verb tells its options, columns, order and cost, and hands over in a few
lines.
"""
