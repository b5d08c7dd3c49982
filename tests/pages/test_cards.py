"""Cards among a site's files, and in the heads of its pages."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from broadsheet.cards import libraries, typefaces
from broadsheet.cards.card import SIZE
from broadsheet.cards.painter import Painter
from broadsheet.pages import cards
from tests.digests import VISION, Digest, numbers

SITE = "https://digest.example/some/path"
PAPER = "papers/steps-that-shrink/"
BY = "[Ada Example, Bo Example]"


@pytest.fixture(scope="module")
def carded(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A small digest whose papers have cards, built once; tests only look at it."""
    digest = Digest(tmp_path_factory.mktemp("carded"))
    digest.set("SITEURL", SITE)
    digest.set("BROADSHEET_CARDS", "papers")
    digest.build()
    return digest


def _cards(digest: Digest) -> dict[str, bytes]:
    return {path: data for path, data in digest.files().items() if path.endswith("card.png")
            and not path.startswith("theme/")}  # fmt: skip


def _shown(digest: Digest, path: str) -> str:
    found = re.findall(r'property="?og:image"? content="([^"]+)"', digest.page(path))
    (address,) = found
    return str(address).removeprefix(f"{SITE}/")


def test_site_days_and_papers_have_each_a_card(carded: Digest) -> None:
    cards = _cards(carded)
    papers = [path for path in cards if path.startswith("papers/")]
    assert {"card.png", "2025/08/07/card.png", "2025/08/08/card.png"} == cards.keys() - set(papers)
    pages = (carded.output / "papers").glob("*/index.html")
    assert sorted(papers) == sorted(f"papers/{page.parent.name}/card.png" for page in pages)
    assert len(set(cards.values())) == len(cards)
    for data in cards.values():
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            assert opened.size == SIZE


def test_each_page_names_the_card_nearest_to_it(carded: Digest) -> None:
    assert _shown(carded, PAPER) == f"{PAPER}card.png"
    assert _shown(carded, "2025/08/07/") == "2025/08/07/card.png"
    assert _shown(carded, "2025/08/07/optimization/") == "2025/08/07/card.png"
    for path in ("", "2025/08/", "topics/vision/", "about/", "search/", "404.html"):
        assert _shown(carded, path) == "card.png"
    head = carded.page(PAPER).partition("</head>")[0]
    assert f'"image":"{SITE}/{PAPER}card.png"' in head
    assert "og:image:width content=1200" in head.replace('"', "")
    assert "og:image:height content=630" in head.replace('"', "")
    assert re.search(r'og:image:alt"? content="Steps that shrink: a study of ε-decay"', head)


def test_a_card_is_drawn_where_what_it_says_changed(carded: Digest, tmp_path: Path) -> None:
    digest = carded.copied(tmp_path / "copy")
    before, times = _cards(digest), digest.stamps()
    assert numbers(digest.build())["written"] == 0
    page = "content/2025/08/07/optimization.md"
    digest.write(page, digest.read(page).replace("Steps that shrink", "Steps that grow"))
    digest.build()
    after = digest.stamps()
    assert {path for path in before if times[path] != after[path]} <= {
        f"{PAPER}card.png", "2025/08/07/card.png"
    }  # fmt: skip
    assert _cards(digest)[f"{PAPER}card.png"] != before[f"{PAPER}card.png"]
    digest.set("BROADSHEET_CARDS", "days")
    digest.build()
    assert _cards(digest).keys() == {"card.png", "2025/08/07/card.png", "2025/08/08/card.png"}
    assert _shown(digest, PAPER) == "2025/08/07/card.png"
    assert digest.files() == digest.fresh(tmp_path)
    digest.set("BROADSHEET_CARDS", "site")
    (digest.folder / "content/2025/08/08/vision.md").unlink()
    digest.build()
    assert _cards(digest).keys() == {"card.png"}
    assert _shown(digest, PAPER) == "card.png"


@pytest.mark.parametrize("size", [(64, 48), None])
def test_a_card_of_the_digests_own_is_named_with_its_size(
    digest: Digest, size: tuple[int, int] | None
) -> None:
    picture = digest.folder / "content/extra/card.png"
    picture.parent.mkdir()
    if size:
        Image.new("RGB", size).save(picture)
    else:
        picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    digest.set("STATIC_PATHS", ["extra"])
    digest.set("EXTRA_PATH_METADATA", {"extra/card.png": {"path": "card.png"}})
    page = "content/2025/08/08/vision.md"
    digest.write(page, digest.read(page) + "\n" + SECOND.replace("id:", f"authors: {BY}\nid:"))
    digest.build(BROADSHEET_CARDS="site", SITEURL=SITE)
    assert (digest.output / "card.png").read_bytes() == picture.read_bytes()
    (author, *_) = (digest.output / "authors").glob("*/")
    for path in ("about/", f"authors/{author.name}/"):
        assert _shown(digest, path) == "card.png"
        sizes = re.findall(r'og:image:(?:width|height)"? content="?(\d+)', digest.page(path))
        assert tuple(map(int, sizes)) == (size or ())


def test_a_site_without_an_address_has_no_cards(digest: Digest) -> None:
    digest.build(BROADSHEET_CARDS="papers")
    assert not _cards(digest)
    assert "og:image" not in digest.page(PAPER)


def test_another_level_is_refused(digest: Digest, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        digest.build(BROADSHEET_CARDS="all")
    assert 'BROADSHEET_CARDS = "all": expected None or one of' in capsys.readouterr().err


def test_without_what_draws_the_build_says_what_to_install(
    digest: Digest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "NAMES", ("no-such-package-of-fonts",))
    with pytest.raises(SystemExit):
        digest.build(BROADSHEET_CARDS="site", SITEURL=SITE)
    (line,) = capsys.readouterr().err.splitlines()
    assert 'pip install "broadsheet[cards]"' in line


SECOND = """\
## 二つ目の題

```yaml
id: a-second-one
```

We introduce another.
"""


def test_a_card_without_its_title_is_told_once_it_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(typefaces, "_having", dict)  # a machine without fonts
    monkeypatch.setattr(cards, "_painter", cache(Painter))
    digest = Digest(tmp_path)
    digest.set("SITEURL", SITE)
    digest.set("BROADSHEET_CARDS", "papers")
    page = "content/2025/08/08/vision.md"
    digest.write(page, VISION.replace("Pixels of a feather", "羽の画素"))
    digest.build()
    said = capsys.readouterr().err
    assert said.startswith('papers/pixels-of-a-feather/card.png: "羽の画素" is left out: no font')
    assert said.count("\n") == 1
    digest.build()  # draws none
    assert capsys.readouterr().err == ""
    digest.write(page, digest.read(page) + "\n" + SECOND)
    digest.build()
    assert capsys.readouterr().err.endswith("; so in 1 file more\n")
