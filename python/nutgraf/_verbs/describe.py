"""Verbs that show what a corpus is, and one of its articles."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Zones
from nutgraf._verbs.entities import EntityVerbs, core_gazetteer, core_tagger
from nutgraf._verbs.quotes import KINDS
from nutgraf.table import Table

if TYPE_CHECKING:
    from nutgraf._page import ArticlePage
    from nutgraf.gazetteer import Gazetteer
    from nutgraf.tagger import EntityTagger


class DescribeVerbs(EntityVerbs):
    """What a corpus is, and how an article reads."""

    __slots__ = ()

    def describe(self, *, by: By = None, zones: Zones = DEFAULT_ZONES) -> Table:
        """Describe the articles, or each group of them, in one row.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.

        Returns
        -------
        Table
            The group columns, then articles, tokens, undated (articles without a date),
            duplicates (articles whose text is that of an earlier one of the group, byte
            for byte), copies (articles that are copies of an earlier one of the corpus,
            as :meth:`copies` finds them by default, and as most duplicates are), empty
            (articles without a token in the body), caption_share and boilerplate_share
            (of the tokens of all zones), first_date, last_date, gap_days (days without
            an article between the first and the last) and longest_gap (the most such
            days in a row). Shares and dates are missing where there are no tokens or no
            dates. Groups are sorted by name.

        Raises
        ------
        ConfigError
            A field does not exist, or ``by`` contains ``"zone"``, which is not a
            property of an article.

        Notes
        -----
        A newspaper that does not appear on Sundays has a gap day each week; longest_gap
        shows when articles are missing from the collection. Cost: one visit per zone,
        and one hash of each text.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({
        ...     "text": ["Rain fell.", "Rain fell.", "The rain stopped.", ""],
        ...     "date": ["2019-01-08", "2019-01-08", "2019-01-11", None],
        ... })
        >>> corpus.describe()[["articles", "tokens", "undated", "duplicates", "copies", "empty", "gap_days"]]
        articles  tokens  undated  duplicates  copies  empty  gap_days
               4      10        1           1       1      1         2
        """
        groups = _options.some_names("by", by)
        return Table(self._core.describe(groups, _options.zone_names(zones), self._threads))

    def show(
        self,
        article: Any,
        *,
        query: str | Sequence[str] | None = None,
        entities: bool = True,
        dates: bool = True,
        quotes: bool = True,
        copies: bool = True,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> ArticlePage:
        """Show an article to read, with its zones, names, dates and quotations marked.

        Parameters
        ----------
        article : int or str
            The id of the article, as in the column ``article`` of every table.
        query : str or list of str, optional
            Words or phrases to mark, in the syntax of :meth:`kwic`.
        entities : bool, default True
            Mark the entities of the article. Their names are those that all articles of
            the corpus give them, so the first call reads all articles, as
            :meth:`mentions` does; ``corpus[position]`` is a corpus of one article.
        dates : bool, default True
            Mark the expressions of time; each shows its value (:meth:`dates`) under the
            pointer.
        quotes : bool, default True
            Mark the quotations and the words for who is quoted (:meth:`quotes`); each
            shows its kind and who that is. With ``entities=False``, and with a tagger
            or a gazetteer, who that is is decided by this article alone.
        copies : bool, default True
            Name the article of which this one is a copy, as :meth:`copies` finds it by
            default, or count its copies. The first call compares all articles.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name.

        Returns
        -------
        ArticlePage
            It shows itself in notebooks, and as plain text elsewhere;
            ``page.save("article.html")`` writes a file.

        Raises
        ------
        KeyError
            There is no such article.

        Notes
        -----
        The page is HTML without scripts, at most 200 kB, and can be read on light and
        dark screens. All text is escaped.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["date 2019-01-08 Angela Merkel flew to Paris.\\n\\nMrs Merkel in Paris Credit: AP/Ana Reis"])
        >>> corpus.show(0)
        article 0 · 2019-01-08
        <BLANKLINE>
        Angela Merkel flew to Paris.
        <BLANKLINE>
            [caption] Mrs Merkel in Paris
            Credit: AP/Ana Reis
        """
        from nutgraf import _page  # rarely used

        queries = None if query is None else _options.names("query", query)
        marking = _options.truth("entities", entities)
        dating = _options.truth("dates", dates)
        quoting = _options.truth("quotes", quotes)
        comparing = _options.truth("copies", copies)
        finders = core_tagger(tagger), core_gazetteer(gazetteer)
        position = self._core.position(article)
        if position is None:
            raise KeyError(f"there is no article {article!r}")
        corpus: Any = self  # a corpus has these verbs and more
        one = corpus[position : position + 1]
        facts = one.articles()[0]
        hits = None if queries is None else one.kwic(queries, zones="all", window=0).to_dicts()
        mentions = None
        if marking:
            found = Table(self._core.mentions(["all"], [], True, *finders, self._threads, None))
            mentions = found.filter(article=facts["article"]).to_dicts()
        times = one.dates(zones="all").to_dicts() if dating else None
        said = None
        if quoting and marking and finders == (None, None):
            found = Table(self._core.quotes(False, ["all"], list(KINDS), position, False, self._threads, None))
            said = found.to_dicts()
        elif quoting:
            said = one.quotes(zones="all").to_dicts()
        told = None
        story = self._core.story(position, self._threads) if comparing else None
        if story is not None:
            first, role, number = story
            told = Table(corpus[first : first + 1]._core.ids())["article"][0], role, number
        return _page.ArticlePage(facts, one.zones().to_dicts(), mentions, hits, times, said, told)

    def write_report(
        self, path: str | os.PathLike[str], *, by: By = None, n: int = 15, title: str | None = None
    ) -> None:
        """Write a page for an editor: what is in the corpus, who, what and when.

        Parameters
        ----------
        path : str or path
            The file to write, such as ``"report.html"``.
        by : str or list of str, optional
            Groups whose typical words are listed: fields, periods of the date
            (``"day"``, ``"week"``, ``"month"``, ``"quarter"``, ``"year"``), or
            ``"zone"``. By default, the first field of the caller with two to eight
            values that repeat, if there is one.
        n : int, default 15
            Rows of each list, at most 100.
        title : str, optional
            The title of the page. By default, the number of articles and their dates.

        Raises
        ------
        ConfigError
            A field does not exist, or there are not two groups to compare.

        See Also
        --------
        describe : The corpus in one row.
        report : What happened to each input record.

        Notes
        -----
        The numbers are those of :meth:`describe`, :meth:`entities`, :meth:`terms`
        (without English function words), :meth:`keyness`, :meth:`trend` and
        :meth:`bursts`. The period is chosen so that the corpus has some tens of them.
        If no article has a date, the page says so.

        The page is HTML without scripts, less than 1 MB, and loads nothing. It can be
        read on light and dark screens, narrow and wide ones, and on paper. All text is
        escaped. Cost: that of the verbs.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.read(ng.samples()).write_report("report.html", n=10)  # doctest: +SKIP
        """
        from nutgraf import _page, _report_page  # rarely used

        if title is not None and not isinstance(title, str):
            raise _options.wrong_type("title", "a text", title)
        file = os.fspath(path)
        groups = None if by is None else _options.names("by", by)
        _page.write(file, _report_page.page(self, groups, _options.up_to("n", n, 1, 100), title))

    def __repr__(self) -> str:
        from nutgraf import _page

        return "\n".join([str(self), *(f"  {name:<8}  {text}" for name, text in _page.overview(self))])

    def _repr_html_(self) -> str:
        from nutgraf import _page

        return _page.overview_html(str(self), _page.overview(self))
