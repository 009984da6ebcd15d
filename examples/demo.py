"""The main job on the sample articles: who and what is in the news."""

from __future__ import annotations

import nutgraf as ng

corpus = ng.read(ng.samples(), progress=True)
print(f"{corpus}, {corpus.report}\n")

print("Articles")
print(corpus.articles(), "\n")

print("Top keywords")
print(corpus.terms(stopwords="english").head(15), "\n")

print("Top entities")
print(corpus.entities(progress=True).head(15))
