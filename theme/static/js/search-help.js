// What can be asked, in short: tests/search/test_help.py asks every line.

import { make } from "./search-elements.js";

export function helpOf() {
  const help = make("details", { class: "search-help" }, make("summary", {}, gettext("What can be asked")));
  const lines = [
    ["graph learning", gettext("papers with all of the words, in any form")],
    ['"graph learning"', gettext("the words as a phrase")],
    ["graph -survey", gettext("the first word without the second")],
    ["roe 2025", gettext("an author’s papers of a year")],
    ["2501.00005", gettext("a paper by its arXiv id, DOI or address")],
    ['in:robotics tag:nas author:"Jane Roe"', gettext("only that topic, tag, author")],
    ["category:cs.LG  category:math.*", gettext("only that category of arXiv")],
    ["since:2025-06 until:2025-W30  on:2025-08-07", gettext("only that time")],
    ["transform*  *net", gettext("words that begin or end so")],
    ["transfromer~1", gettext("words that differ by a letter")],
    ["title:graph  authors:roe", gettext("in one part of the paper")],
    ["+graph learning^5", gettext("the first word must be there, the second puts papers first")],
  ];
  help.append(
    make("dl", {}, ...lines.map(([query, what]) =>
      make("div", {}, make("dt", {}, ...query.split("  ").flatMap((one) => [make("code", {}, one), " "])), make("dd", {}, what)))),
  );
  return help;
}
