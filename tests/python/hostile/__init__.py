"""Hostile input as a table: each input and its expected result."""

from .arrow import BAD_ARROW, GOOD_ARROW, WRONG_ARROW
from .batches import WRONG_BATCHES
from .calls import WRONG_CHOICES, WRONG_OPTIONS, WRONG_TABLES, WRONG_TEXTS
from .case import Bad, Good, Right, Wrong, texts
from .edges import RIGHT_EDGES
from .files import BAD_FILES, WRONG_FILES
from .gazetteers import RIGHT_GAZETTEERS, WRONG_GAZETTEERS
from .records import BAD_DATES, BAD_IDS, BAD_TEXTS, BAD_VALUES
from .statistics import RIGHT_STATISTICS, WRONG_STATISTICS
from .taken import GOOD_ARTICLES

__all__ = ["BAD", "GOOD", "RIGHT", "WRONG", "Bad", "Good", "Right", "Wrong", "texts"]

GOOD = [*GOOD_ARTICLES, *GOOD_ARROW]
BAD = [*BAD_TEXTS, *BAD_DATES, *BAD_IDS, *BAD_FILES, *BAD_ARROW, *BAD_VALUES]
WRONG = [
    *WRONG_BATCHES,
    *WRONG_OPTIONS,
    *WRONG_CHOICES,
    *WRONG_TABLES,
    *WRONG_TEXTS,
    *WRONG_FILES,
    *WRONG_STATISTICS,
    *WRONG_GAZETTEERS,
    *WRONG_ARROW,
]
RIGHT = [*RIGHT_EDGES, *RIGHT_STATISTICS, *RIGHT_GAZETTEERS]
