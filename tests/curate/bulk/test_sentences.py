"""Old abstracts are written a sentence a line on demand, and nothing else changes."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.content import ledger, pages
from broadsheet.content.ledger import Ledger, PaperStatus, section_hash
from broadsheet.curate import sentences
from tests.digests import Digest

PATH, DAY = "2025/08/05/vision.md", "2025/08/05/day.yml"
SECTION = """\
## A title

```yaml
id: a-title
```

We see it. It is e.g. Red. So $a. B$ holds.

- One. Two.

> A note. It stays.
"""
PAGE = (
    f"---\ntitle: Vision\ndate: 2025-08-05\ntopic: vision\n---\n\n{SECTION}\n## Else\n\nAs. Is.\n"
)


def test_an_untouched_section_still_counts_as_untouched() -> None:
    row = PaperStatus(id="a-title", title="A title", status="published")
    before = Ledger(
        date=date(2025, 8, 5),
        statuses=(PaperStatus(id="a-title", title="A", status="published",
                              written=section_hash(SECTION)),),
    )  # fmt: skip
    done = sentences({PATH: PAGE, DAY: ledger.format(before)})
    new = done[PATH]
    assert "We see it.\nIt is e.g. Red.\nSo $a. B$ holds.\n\n- One. Two.\n\n> A note. It" in new
    assert pages.parse(new).papers == pages.parse(PAGE).papers
    section = new[new.index("## A title") : new.index("## Else")]
    (after,) = ledger.parse(done[DAY]).statuses
    assert after.written == section_hash(section)
    assert after.id == row.id
    assert sentences({PATH: new, DAY: done[DAY]}) == {}


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text]
)
def test_line_ends_and_marks_stay(change) -> None:
    new = sentences({PATH: change(PAGE)})[PATH]
    assert new == change(sentences({PATH: PAGE})[PATH])


def test_upgrade_writes_them_and_the_site_stays_as_it_is(digest: Digest) -> None:
    digest.build()
    before = digest.files()
    made = digest.command("upgrade", "--offline", "--sentences")
    assert "abstracts a sentence a line, 2 pages changed\n" in made.out
    assert "many pixels.\nWe introduce" in digest.read("content/2025/08/08/vision.md")
    digest.build()
    assert digest.files() == before
