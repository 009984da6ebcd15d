"""Two newspapers report one town: who is in the news, and what distinguishes the papers."""

from __future__ import annotations

from pathlib import Path

import nutgraf as ng

WIDTH = 80
PAGE, REPORT = Path("build/strike.html"), Path("build/report.html")

corpus = ng.read(ng.samples("outlets"))
first, last = min(corpus.articles()["date"]), max(corpus.articles()["date"])
print(f"{len(corpus)} articles, {first:%B} to {last:%B %Y}, from two newspapers\n")

print("Who was in the news?")
people = corpus.entities(labels="PER")
print(people.head(6)[["entity", "mentions", "articles", "aliases"]].text(width=WIDTH), end="\n\n")

print("And in April, in each paper?")
april = corpus.where(date="2024-04").entities(by="outlet", labels="PER", min_mentions=2)
print(april[["outlet", "entity", "mentions"]].text(width=WIDTH), end="\n\n")

print("What distinguishes the papers?")
words = corpus.keyness(by="outlet", stopwords="english", min_articles=4, n=5)
print(words[["outlet", "term", "target", "reference", "log_ratio"]].text(width=WIDTH), end="\n\n")

print("One story, two headlines")
for row in corpus.where(story="settlement").articles():
    print(f"  {row['outlet']}: {row['headline']}")

print("\nThe same event in their words")
called = corpus.count({"strike": "strike*", "walkout": "walkout*"}, by="outlet")
print(called[["outlet", "category", "count"]].text(width=WIDTH), end="\n\n")

print("Where does a name occur?")
lines = corpus.kwic("Rahmani", n=5)
print(lines[["article", "left", "match", "right"]].text(width=WIDTH), end="\n\n")

PAGE.parent.mkdir(exist_ok=True)
corpus.show("strike-gazette", query="dockers").save(PAGE)
print(f"An article to read, with its names marked: {PAGE}")
corpus.write_report(REPORT, by="outlet")
print(f"A page for an editor: {REPORT}")
