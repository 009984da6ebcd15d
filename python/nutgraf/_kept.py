"""What the command ``nutgraf`` does with counts that were kept."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import nutgraf as ng
from nutgraf._commands import fields_of, given

__all__ = ["of_state"]

# Options that say what of the articles is counted, which a state cannot change.
_OF_ARTICLES = (
    "zones",
    "weight",
    "quotes",
    "stopwords",
    "stem",
    "ngrams",
    "window",
    "bootstrap",
    "reference",
)


def of_state(options: argparse.Namespace, state: ng.State) -> ng.Table | bytes:
    """Run a verb on counts that were kept.

    The settings with which they were made hold, so options that say what is counted are
    refused.
    """
    if options.verb == "merge":
        return state.to_bytes()
    answers: dict[str, Callable[[], ng.Table]] = {
        "terms": lambda: state.terms(by=options.by, **given(options, "min_count", "min_articles")),
        "entities": lambda: state.entities(by=options.by, **given(options, "labels", "min_mentions", "min_articles")),
        "cooccurrence": lambda: state.cooccurrence(
            within=options.within, **given(options, "by", "labels", "measures", "min_pairs")
        ),
        "collocations": lambda: state.collocations(
            **given(options, "by", "ngrams", "min_count", "min_articles", "measures", "sort", "compat")
        ),
        "readability": lambda: state.readability(**given(options, "by", "measures")),
        "trend": lambda: state.trend(options.items, **given(options, "by", "of", "on", "tests")),
        "keyness": lambda: state.keyness(
            fields_of("target", options.target) if options.target else None,
            fields_of("against", options.against) if options.against else None,
            n=options.rows,
            **given(options, "of", "by", "labels", "measures", "only", "sort", "compat", "min_count", "min_articles"),
        ),
        "describe": state.groups,
    }
    if options.verb not in answers:
        raise ng.ConfigError(
            f"{options.verb} needs the articles; counts that were kept answer {', '.join(answers)}", kind="bad_option"
        )
    for name in _OF_ARTICLES:
        # A state may have phrases of several lengths.
        if getattr(options, name, None) and (options.verb, name) != ("collocations", "ngrams"):
            raise ng.ConfigError(
                f"--{name} says what is counted, which was decided by nutgraf state; expected no --{name}",
                kind="bad_option",
                field=name,
            )
    return answers[options.verb]()
