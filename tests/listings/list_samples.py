"""Plain lists of made-up papers, as people keep and send them."""

from __future__ import annotations

from .samples import ABSTRACTS, TITLES

IDS = """2601.00001
2601.00002v2

arXiv:2601.00003 [cs.LG]
https://arxiv.org/abs/2601.00004
https://doi.org/10.1000/kite.5
10.1000/kite.6
doi:10.1000/kite.(7)
https://openreview.net/forum?id=kites
math.GT/0601001
"""

WEEKS = """# Papers of The Week

As a flyer of kites, I read papers.

- [Papers of the Week (January 5 - January 11)](./#week-2)

## Top Papers of the Week (January 5 - January 11) - 2026
| **Paper**  | **Links** |
| ------------- | ------------- |
| 1) **Kite Model** - First paper about models that fly kites over the sea in little wind.<br>● It lands.<br>● Why it matters: it is small. | [Paper](https://arxiv.org/abs/2601.01000), [Tweet](https://x.com/kites/status/1) |
| 2) **Line Framework** - Second paper, on systems of lines that hold kites high up in the air. | [Paper](https://arxiv.org/abs/2601.02000), [Code](https://github.com/kites/line) |

## Top Papers of the Week (Dec 29 - Jan 4) - 2026
| **Paper**  | **Links** |
| ------------- | ------------- |
| 1) **Dough Planner** - A new way to plan for dough that rises in more than one step. | [Paper](https://arxiv.org/abs/2512.09000) |
"""  # noqa: E501

DAILY = """## Updated on 2026.01.05
> Usage: [here](./docs/README.md#usage)

<details>
  <summary>Table of Contents</summary>
  <ol><li><a href=#kites>Kites</a></li></ol>
</details>

## Kites

|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2026-01-01**|**Flying | Landing at Night**|Ada Kite, Bo Line|[2601.01292](http://arxiv.org/abs/2601.01292)|null|
|**2026-01-02**|**A Self-Taught Kite**|Cy Crumb, Dee Keeper|[2601.01608](http://arxiv.org/abs/2601.01608)|**[link](https://github.com/kites/self)**|

<p align=right>(<a href=#updated-on-20260105>back to top</a>)</p>
""".replace("Flying | ", "Flying and ")

AWESOME = """# Awesome Kites [![Awesome](https://badge.example/a.svg)](https://awesome.example)

A list of papers on kites. Contributions are welcome, see [here](CONTRIBUTING.md).

## Contents
- [Surveys](#surveys)

## Surveys
- **An overview of kites in deep wind** \\
*Ada Kite, Bo Line* \\
arXiv 2017. [[Paper](https://arxiv.org/abs/1706.05098)] \\
Jun 15, 2017

- **A brief review of lines** [![paper](https://badge.example/p.svg)](https://link.springer.com/article/10.1007/k-018-1)

## Methods
* (arXiv preprint 2021) **Beyond Kites: Wind by Two Lines**, Cy Crumb et al. [[Paper](https://arxiv.org/pdf/2105.02358.pdf)] [[Code](https://github.com/kites/beyond)]
  * ```Simply using two lines, two knots and two hands```

33. GameKite: Many Flyers in One Field[[KITE 2024](https://arxiv.org/pdf/2310.08067.pdf)]
- task: Games

35. [2023/10] AutoKites: A Framework for Kites. (Meadow University) [[paper]](https://arxiv.org/abs/2309.17288)

- [GitHub](https://github.com/awesome/kites)
- [Follow us on our page](https://twitter.com/kites)
"""  # noqa: E501

NEWSLETTER = f"""Kite News

Hi all,

here are this week's papers on kites. Enjoy!

{TITLES[0]}
https://arxiv.org/abs/2601.00001
{ABSTRACTS[0]}

{TITLES[1]}
Ada Kite, Bo Line
https://arxiv.org/abs/2601.00002

Unsubscribe: https://news.example.org/u
"""

LINES = f"""{TITLES[0]} https://arxiv.org/abs/2601.00001
2601.00002 {TITLES[1]}
[2601.00003] {TITLES[2]}
2601.00004\tFlying at Night
Ada Kite and Bo Line. Kites of the North. arXiv:2601.00005, 2026.
"Kites of the South", Cy Crumb, https://doi.org/10.1000/south
C. Crumb. When Do Kites Land? arXiv preprint arXiv:2601.00006, 2026.
Kites (arXiv:2601.00007)
"""

HEADINGS = f"""# Reading list 2026-01-05

### {TITLES[0]}
[Paper](https://arxiv.org/abs/2601.00001) | [Code](https://github.com/kites/steer)

{ABSTRACTS[0]}

### [{TITLES[1]}](https://arxiv.org/abs/2601.00002)
**Authors:** Ada Kite, Bo Line

{ABSTRACTS[1]}

### Lighthouses
- Authors: Cy Crumb, Dee Keeper
- Link: https://arxiv.org/abs/2601.00003
- Key idea: two words are a language, and keepers say more with them than was thought.
"""

ADDRESS_FIRST = f"""https://arxiv.org/abs/2601.00001
{TITLES[0]}

https://arxiv.org/abs/2601.00002
{TITLES[1]}
"""

LABELLED = f"""Machine Learning | A Site of Papers
#1 {TITLES[0]} [PDF7] [Copy] [REL]
Authors: Ada Kite, Bo Line
{ABSTRACTS[0]}
Subject: Machine Learning
Publish: 2026-01-02 18:59:59 UTC
#2 {TITLES[1].partition("?")[0]}? [PDF3] [Copy]
Authors: Cy Crumb
{ABSTRACTS[1]}
"""

NESTED = """- **Wind**
  * [1] [RANSAC-Kite: how two kites agree](http://flyers.example.org/~ada/ransac/)
  * [2] [Fields of Kites](https://arxiv.org/pdf/2003.08934.pdf) | [Code](https://github.com/kites/f)
- **Words**
  * [3] [Kites in Words](https://aclanthology.org/2024.acl-long.1/)
"""

ABSTRACT_PAGE = f"""[Submitted on 5 Jan 2026]
{TITLES[0]}
Ada Kite, Bo Line
{ABSTRACTS[0]}
Comments:\t12 pages, code at https://github.com/kites/steer
Subjects:\tRobotics (cs.RO); Machine Learning (cs.LG)
Cite as:\tarXiv:2601.00001 [cs.RO]
 \t(or arXiv:2601.00001v1 [cs.RO] for this version)

https://doi.org/10.48550/arXiv.2601.00001
"""

COPIED_LIST = f"""Machine Learning
New submissions (showing 1 of 1 entries)
[1] arXiv:2601.00001 [pdf, html, other]
Title: {TITLES[0]}
Ada Kite, Bo Line
Comments: 12 pages
Subjects: Robotics (cs.RO); Machine Learning (cs.LG)
{ABSTRACTS[0]}
"""

# One paper in each of the ways of writing a link, and a quoted text.
WRITTEN = f"""---
title: A reading list
tags: [papers]
---

* `Steering Kites <https://arxiv.org/abs/2601.00001>`_ by Ada Kite
** [[https://arxiv.org/abs/2601.00002][Landing Kites]]
\\item \\href{{https://arxiv.org/abs/2601.00003}}{{Folding Kites}}
- [ ] [[2601.00004|Mending Kites]]
- arxiv.org/abs/2601.00005 Painting Kites
- <a href="https://arxiv.org/abs/2601.00006">Selling Kites</a>

**Keeping Kites**
*Cy Crumb*
[arXiv](https://arxiv.org/abs/2601.00007)

> {ABSTRACTS[1]}
"""

SUMMARIES = """### Papers of the week, Jan 5-11, 2026

1. [Kites](https://arxiv.org/abs/2601.00001) - We fly kites over land and over sea in weak wind.
2. **[Lines](https://arxiv.org/abs/2601.00002)** by *Ada Kite, Bo Line*: we hold lines in our hands and let them go.
3. Dough - https://arxiv.org/abs/2601.00003
   Bread rises by rules that bakers know and few write down in books.
"""  # noqa: E501

ALERT = f"""[PDF] {TITLES[0]}
A Kite, B Line - arXiv preprint arXiv:2601.00001, 2026
Kites that stay aloft in weak wind are of use to weather stations, and we show …
<https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2601.00001&hl=en>

{TITLES[1]}
C Crumb - Journal of Bread, 2026
Bread rises by rules that bakers know and few write down, and we …
<https://scholar.google.com/scholar_url?url=https://www.nature.com/articles/b-1-2&hl=en>
"""

TOML = '''# papers
[[paper]]
title = "Steering Kites"
authors = ["Ada Kite", "Bo Line"]
arxiv = "2601.00010"
date = 2026-01-05
abstract = """
Kites that stay aloft
are of use."""

[[paper]]
title = "When Is a Dough Ready?"
authors = ["Cy Crumb"]
doi = "10.1000/b.1"
'''

BLOCKS = """SrcDatabase-来源库: 期刊
Title-题名: 风筝的控制
Author-作者: 张三;李四
Keyword-关键词: 风筝;风
Summary-摘要: 我们用一个小模型来控制风筝。
PubTime-发表时间: 2026-01-05

SrcDatabase-来源库: 期刊
Title-题名: 面团何时发好
Author-作者: 王五
Source-文献来源: 面包
Summary-摘要: 面包发酵时无人观看。
"""

RULED = """WIND EJOURNAL
Vol. 12, No. 1

----------------------------------------

"Steering Kites by the Pull on Their Line"
Meadow University Working Paper No. 12

ADA KITE, Meadow University
BO VAN DER BERG, Hill Lab

Kites that stay aloft in weak wind are of use to weather stations. We fit a small
model to the pull on their line, and find that it tells the wind on most days.

https://ssrn.com/abstract=5000001

----------------------------------------

"When Is a Dough Ready?"

CY CRUMB, Bread College

Bread rises while nobody looks. We put forty loaves before a camera and let a network
tell the hour at which each was ready, which saves bakers half a night.

https://ssrn.com/abstract=5000002
"""

ALL = {
    "list-ruled": RULED,
    "list-toml": TOML,
    "list-blocks": BLOCKS,
    "list-summaries": SUMMARIES,
    "list-alert": ALERT,
    "list-abstract-page": ABSTRACT_PAGE,
    "list-copied-list": COPIED_LIST,
    "list-written": WRITTEN,
    "list-ids": IDS,
    "list-weeks": WEEKS,
    "list-daily": DAILY,
    "list-awesome": AWESOME,
    "list-newsletter": NEWSLETTER,
    "list-lines": LINES,
    "list-headings": HEADINGS,
    "list-address-first": ADDRESS_FIRST,
    "list-labelled": LABELLED,
    "list-nested": NESTED,
    "list-titles": "\n".join(TITLES),
}
