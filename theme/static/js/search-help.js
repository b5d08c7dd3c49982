// What can be asked.

import { make } from "./search-elements.js";

export function helpOf() {
  const help = make("details", { class: "search-help" }, make("summary", {}, gettext("What can be asked")));
  const lines = [
    ["neural search", gettext("papers with all of the words")],
    ["+neural -search", gettext("must have, must not have")],
    ['"neural search"', gettext("the words as a phrase")],
    ["transform*  *former", gettext("words that begin or end so")],
    ["transfromer~1", gettext("words that differ by a letter")],
    ["title:search  authors: hinton  tags:nas", gettext("in one part of the paper")],
    ["neural^5 search", gettext("the first word counts five times")],
    ["in:robotics  tag:nas  author:\"Jane Roe\"", gettext("only that topic, tag, author")],
    ["category:cs.LG  category:math.*", gettext("only that category of arXiv")],
    ["since:2025-06  until:2025-W30  on:2025-08-07", gettext("only that time")],
  ];
  help.append(
    make("dl", {}, ...lines.map(([query, what]) =>
      make("div", {}, make("dt", {}, make("code", {}, query)), make("dd", {}, what)))),
  );
  return help;
}
