"""What strangers can put below content/: nothing outside is read, nothing active is published, and
a check says what a build refuses."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from broadsheet import checks
from broadsheet.checks import folder
from broadsheet.errors import plain
from broadsheet.weburl import stays
from tests.content.test_images import PNG
from tests.digests import OPTIMIZATION, ROOT, Digest

SECRET = "the-secret-of-this-machine"
SETTINGS = "pelicanconf.py"


@pytest.fixture
def attacked(digest: Digest) -> Digest:
    (digest.folder / "outside").mkdir()
    (digest.folder / "secret.txt").write_text(SECRET)
    (digest.folder / "outside/x.md").write_text(f"Title: X\n\n{SECRET}\n")
    (digest.folder / "outside/x.png").write_bytes(PNG + SECRET.encode())
    return digest


def checked(digest: Digest) -> list[checks.Problem]:
    inputs, wrong = folder.inputs(digest.folder / "content")
    found = checks.in_order([*wrong, *checks.check(inputs)])
    return [one for one in found if one.severity == checks.ERROR and one.kind != "ledger"]


def refused(digest: Digest, capfd: pytest.CaptureFixture[str], **settings: object) -> str:
    """The one line with which a build ends."""
    capfd.readouterr()
    with pytest.raises(SystemExit) as end:
        digest.build(**settings)
    assert end.value.code == 1
    said = [line for line in capfd.readouterr().err.splitlines() if line.strip()]
    assert len(said) == 1, said
    assert said[0].startswith("error: ")
    return said[0]


def put(path: str, data: bytes | str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        target = root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data if isinstance(data, bytes) else data.encode())

    return change


def link(path: str, target: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        at = root / "content" / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.unlink(missing_ok=True)
        at.symlink_to(target)

    return change


RST = f"X\n=\n\n.. include:: ../../secret.txt\n\n.. raw:: html\n\n   <b>{SECRET}</b>\n"
REFUSED = {
    "reStructuredText": ("pages/x.rst", put("pages/x.rst", RST)),
    "HTML": ("pages/x.html", put("pages/x.html", "<title>X</title><body>x</body>")),
    "another name for Markdown": ("pages/x.markdown", put("pages/x.markdown", "Title: X\n\nx\n")),
    "a page in a folder": ("pages/a/b/x.rst", put("pages/a/b/x.rst", RST)),
    "capitals": ("pages/x.RST", put("pages/x.RST", RST)),
    "HTML beside images": ("images/x.html", put("images/x.html", "<script>alert(1)</script>")),
    "SVG": ("images/x.svg", put("images/x.svg", "<svg onload='alert(1)'/>")),
    "HTML called an image": ("images/x.png", put("images/x.png", "<script>alert(1)</script>")),
    "an image called HTML": ("images/x.html", put("images/x.html", PNG)),
    "a script": ("images/a/x.js", put("images/a/x.js", "alert(1)")),
    "XML in a folder of one's own": ("files/x.xml", put("files/x.xml", "<?xml version='1.0'?>")),
    "a subscription that is none": ("subscriptions/x.txt", put("subscriptions/x.txt", "x")),
    "a name of two lines": ("images/a b.png", put("images/a\nb.png", PNG)),
    "a name with a path of Windows": ("images/a\\..\\b.png", put("images/a\\..\\b.png", PNG)),
    "a stream of Windows": ("pages/a:b.md", put("pages/a:b.md", "Title: X\n\nx\n")),
    "a name from right to left": ("images/a\ufffdgnp.png", put("images/a\u202egnp.png", PNG)),
    "a folder that Windows can't hold": ("images/a.", put("images/a./b.png", PNG)),
    "capital letters alone": (
        "images/a.png",
        lambda root: (put("images/A.png", PNG)(root), put("images/a.png", PNG)(root)),
    ),
    "accents in another form": (
        "images/\u00e9.png",
        lambda root: (put("images/e\u0301.png", PNG)(root), put("images/\u00e9.png", PNG)(root)),
    ),
    "a stray file": ("x.txt", put("x.txt", "x")),
    "an image elsewhere": ("images/l.png", link("images/l.png", "../../outside/x.png")),
    "a page elsewhere": ("pages/l.md", link("pages/l.md", "../../outside/x.md")),
    "a hidden page elsewhere": ("pages/.l.md", link("pages/.l.md", "../../outside/x.md")),
    "a link to a link": (
        "pages/l.md",
        lambda root: (
            link("pages/l.md", "../images/second.md")(root),
            link("images/second.md", "../../outside/x.md")(root),
        ),
    ),
    "a folder elsewhere": ("pages/team", link("pages/team", "../../outside")),
    "a folder in a circle": ("pages/again", link("pages/again", "../pages")),
    "a link in a circle": ("images/l.png", link("images/l.png", "l.png")),
    "a day elsewhere": ("2025/08/09", link("2025/08/09", "../../../outside")),
    "a day's page elsewhere": ("2025/08/08/x.md", link("2025/08/08/x.md", "/etc/hostname")),
    "a ledger elsewhere": ("2025/08/08/day.yml", link("2025/08/08/day.yml", "/etc/hostname")),
    "topics elsewhere": ("topics.yml", link("topics.yml", "/etc/hostname")),
    "redirects elsewhere": ("redirects.yml", link("redirects.yml", "/etc/hostname")),
    "a subscription elsewhere": ("subscriptions/x.yml", link("subscriptions/x.yml", "/etc/fstab")),
    "an unsafe save_as": ("pages/x.md", put("pages/x.md", "Title: X\nSave_as: ../../x.html\n\nx")),
    "an absolute save_as": ("pages/x.md", put("pages/x.md", "Title: X\nsave_as: /tmp/x.html\n\nx")),
    "a script for save_as": ("pages/x.md", put("pages/x.md", "Title: X\nSave_as: sw.js\n\nx")),
    "an unsafe slug": ("pages/x.md", put("pages/x.md", "Title: X\nSlug: ../../x\n\nx")),
    "an unsafe address": ("pages/x.md", put("pages/x.md", "Title: X\nURL: javascript:x\n\nx")),
    "an unsafe template": ("pages/x.md", put("pages/x.md", "Title: X\nTemplate: ../x\n\nx")),
    "an unsafe language": ("pages/x.md", put("pages/x.md", "Title: X\nLang: ../x\n\nx")),
    "an unknown status": ("pages/x.md", put("pages/x.md", "Title: X\nStatus: public\n\nx")),
    "a date that is none": ("pages/x.md", put("pages/x.md", "Title: X\nDate: soon\n\nx")),
    "no title": ("pages/x.md", put("pages/x.md", "x\n")),
    "no UTF-8": ("pages/x.md", put("pages/x.md", b"Title: X\n\n\xff\n")),
    "lists too deep": ("pages/x.md", put("pages/x.md", "Title: X\n\na\n\n> " + "- " * 900 + "x")),
    "signs without end": ("pages/x.md", put("pages/x.md", "Title: X\n\n" + "[" * 9_000)),
    "a page without end": ("pages/x.md", put("pages/x.md", "Title: X\n\n" + "a b\n" * 300_000)),
}  # fmt: skip


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("case", REFUSED)
def test_check_names_what_a_build_refuses(
    attacked: Digest, case: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path, change = REFUSED[case]
    change(attacked.folder)
    assert path in {plain(one.file) for one in checked(attacked)}
    said = refused(attacked, capfd)
    assert f"content/{path}" in said
    assert not attacked.output.exists() or not any(
        SECRET.encode() in data for data in attacked.files().values()
    )


def test_a_name_that_windows_keeps_for_a_device_is_told_alone(attacked: Digest) -> None:
    put("images/con.png", PNG)(attacked.folder)
    _, told = folder.inputs(attacked.folder / "content")
    assert [(one.file, one.severity) for one in told] == [("images/con.png", "warning")]
    attacked.build()
    assert (attacked.output / "images/con.png").read_bytes() == PNG


def test_a_build_leaves_out_what_is_no_page_of_a_day_and_says_so(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    put("2025/08/07/x.rst", RST)(attacked.folder)
    assert [one.file for one in checked(attacked)] == ["2025/08/07/x.rst"]
    attacked.build()
    said = capfd.readouterr().err.strip()
    assert "content/2025/08/07/x.rst: left out" in said
    assert "\n" not in said
    assert SECRET.encode() not in b"".join(attacked.files().values())


def test_the_line_of_what_nests_too_deeply_is_told(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    text = "Title: X\n\nWords.\n\n- one\n" + "> " * 300 + "x\n\nMore.\n"
    put("pages/x.md", text)(attacked.folder)
    assert [(one.line, one.kind) for one in checked(attacked)] == [(6, "markup")]
    assert "content/pages/x.md:6: " in refused(attacked, capfd)


@pytest.mark.parametrize(
    "target",
    [
        "{attach}/../secret.txt", "{static}/../secret.txt", "{attach}../../outside/x.png",
        "{static}/../outside/x.png", "{attach}/../../../../../../../../etc/hostname",
        "{static}/topics.yml", "{static}/pelicanconf.py", "|attach|/../secret.txt",
        "{attach}/%2e%2e/secret.txt", "{static}/images",
    ],
)  # fmt: skip
def test_no_link_of_a_page_publishes_another_file(
    attacked: Digest, target: str, capfd: pytest.CaptureFixture[str]
) -> None:
    put("images/a.png", PNG)(attacked.folder)
    put("pages/x.md", f"Title: X\n\n[a]({target})\n")(attacked.folder)
    assert any(one.kind == "link" for one in checked(attacked)) or "topics.yml" in target
    refused(attacked, capfd)
    assert not attacked.output.exists()


def test_images_are_published_and_linked_by_their_place(attacked: Digest) -> None:
    put("images/a.png", PNG)(attacked.folder)
    put("images/.htaccess", "AddType text/html .png")(attacked.folder)
    put("images/.hidden.png", PNG)(attacked.folder)
    text = 'Title: X\n\n![A]({static}/images/a.png "b") [c]({filename}about.md#d "e")\n'
    put("pages/x.md", text)(attacked.folder)
    assert checked(attacked) == []
    attacked.build(SITEURL="https://a.example/base")
    assert attacked.files()["images/a.png"] == PNG
    html = attacked.page("x/")
    assert 'src="/base/images/a.png"' in html
    assert 'href="/base/about/#d"' in html
    assert not [path for path in attacked.files() if "/." in path]


def test_a_hidden_page_is_no_page(attacked: Digest) -> None:
    put("pages/.draft.md", "Title: Draft\nSlug: hidden-draft\n\nx\n")(attacked.folder)
    attacked.build()
    assert not (attacked.output / "hidden-draft").exists()


def test_a_template_that_the_theme_does_not_have_is_one_line(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    put("pages/x.md", "Title: X\nTemplate: nowhere\n\nx\n")(attacked.folder)
    assert 'Template: "nowhere"' in refused(attacked, capfd)


def test_a_page_s_template_that_is_broken_is_one_line(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    attacked.write("mine/page.html", "<p>\n{% if %}")
    folder = str(attacked.folder / "mine")
    said = refused(attacked, capfd, THEME_TEMPLATES_OVERRIDES=[folder])
    assert "page.html:2: Expected an expression" in said


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("template", ["day", "paper", "base", "archive", "moved", "search"])
def test_any_template_of_the_theme_shows_the_page_or_ends_in_one_line(
    attacked: Digest, template: str, capfd: pytest.CaptureFixture[str]
) -> None:
    put("pages/x.md", f"Title: X\nTemplate: {template}\n\nx\n")(attacked.folder)
    with contextlib.suppress(SystemExit):
        attacked.build()
    said = capfd.readouterr().err.strip()
    assert not said or (said.startswith("error: ") and "\n" not in said)


@pytest.mark.parametrize(
    "key",
    ["get_content", "_content", "settings", "source_path", "metadata", "_get_content", "summary",
     "get_relative_source_path", "translations", "broadsheet_html", "in_default_lang", "locale"],
)  # fmt: skip
def test_a_page_cannot_stand_in_for_the_generators_own_values(attacked: Digest, key: str) -> None:
    put("pages/x.md", f"Title: X\n{key}: <b>{SECRET}</b>\nslug: x\n\nThe text.\n")(attacked.folder)
    attacked.build()
    assert "The text." in attacked.page("x/")
    assert SECRET not in attacked.page("x/")


def test_settings_switch_nothing_of_that_on(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    put("images/a.png", PNG)(attacked.folder)
    marker = attacked.folder / "ran"
    (attacked.folder / "cache").mkdir()
    attacked.write(
        SETTINGS,
        attacked.read(SETTINGS)
        + "\nfrom pelican.readers import HTMLReader, RstReader\n"
        + "READERS = {'html': HTMLReader, 'rst': RstReader, 'md': RstReader}\n"
        + "DOCUTILS_SETTINGS = {'file_insertion_enabled': True, 'raw_enabled': True}\n"
        + "CACHE_CONTENT = LOAD_CONTENT_CACHE = True\nGZIP_CACHE = False\n"
        + "CHECK_MODIFIED_METHOD = 'md5'\nIGNORE_FILES = []\n"
        + "TEMPLATE_PAGES = {'pages/about.md': 'x.html'}\n",
    )
    pickle = f"cos\nsystem\n(S'touch {marker}'\ntR.".encode()
    for name in ("PagesGenerator", "PagesGenerator-Readers", "ArticlesGenerator"):
        (attacked.folder / "cache" / name).write_bytes(pickle)
    attacked.build()
    assert not marker.exists()
    assert "A <em>small</em> digest" in attacked.page("about/")
    put("pages/x.rst", RST)(attacked.folder)
    assert "content/pages/x.rst" in refused(attacked, capfd)


def test_an_extension_that_may_read_files_is_refused(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("tests.site.test_strangers", "html.parser:HTMLParser"):
        said = refused(attacked, capfd, MARKDOWN={"extensions": [name]})
        assert "MARKDOWN" in said
        assert name in said


def test_python_markdowns_own_extensions_work(attacked: Digest) -> None:
    put("pages/x.md", "Title: X\n\n| a |\n|---|\n| b |\n\n~~~python\na < b\n~~~\n")(attacked.folder)
    attacked.build(MARKDOWN={"extensions": ["tables", "markdown.extensions.codehilite",
                                            "fenced_code"], "extension_configs": {}})  # fmt: skip
    html = attacked.page("x/")
    assert "<td>b</td>" in html
    assert "a &lt; b" in html


def test_a_link_in_the_theme_that_leads_out_is_refused(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    theme = attacked.folder / "mine"
    (theme / "templates").mkdir(parents=True)
    (theme / "static").mkdir()
    (theme / "static/x.css").symlink_to("../../secret.txt")
    assert "mine/static/x.css" in refused(attacked, capfd, THEME=str(theme))


@pytest.mark.parametrize(
    ("path", "data"), [(b"templates/base.html", b"\xff"), (b"static/d\xff.css", b"a{}")]
)
def test_a_theme_of_other_bytes_than_text_ends_in_one_line(
    attacked: Digest, capfd: pytest.CaptureFixture[str], path: bytes, data: bytes
) -> None:
    theme = attacked.folder / "mine"
    shutil.copytree(ROOT / "theme", theme)
    with open(os.path.join(os.fsencode(theme), path), "ab") as file:  # noqa: PTH118, PTH123
        file.write(data)
    assert "is not UTF-8" in refused(attacked, capfd, THEME=str(theme))


def test_addresses_that_differ_by_capital_letters_alone_are_refused(
    attacked: Digest, capfd: pytest.CaptureFixture[str]
) -> None:
    put("pages/a.md", "Title: A\nSlug: team\n\nx\n")(attacked.folder)
    put("pages/b.md", "Title: B\nSlug: Team\n\nx\n")(attacked.folder)
    assert any("capital letters" in one.message for one in checked(attacked))
    assert "capital letters" in refused(attacked, capfd)
    (attacked.folder / "content/pages/b.md").unlink()
    for old in ("Team/", "TOPICS/", "2025/w32/"):
        put("redirects.yml", f'- {{"from": "{old}", "to": ""}}\n')(attacked.folder)
        assert any("capital letters" in one.message for one in checked(attacked)), old
        assert "redirects.yml:1: " in refused(attacked, capfd), old


def test_a_listing_that_is_a_link_out_is_refused_with_its_name(attacked: Digest) -> None:
    (attacked.folder / "seeds").mkdir()
    for name, target in (
        ("2025-08-09.a.txt", "../secret.txt"),
        ("2025-08-09.b.txt", "2025-08-09.b.txt"),
    ):
        (attacked.folder / "seeds" / name).symlink_to(target)
    made = attacked.command("import")
    assert made.code == 1
    assert "seeds/2025-08-09.a.txt: this link leads to" in made.err
    assert "seeds/2025-08-09.b.txt: this link leads to" in made.err
    assert "Traceback" not in made.err


def test_check_names_links_of_seeds_and_themes_too(attacked: Digest) -> None:
    for name in ("seeds/x.txt", "theme/static/x.css"):
        (attacked.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (attacked.folder / name).symlink_to(attacked.folder / "secret.txt")
    made = attacked.command("check")
    assert made.code == 1
    for name in ("seeds/x.txt", "theme/static/x.css"):
        assert f"{name}: error: this link leads to" in made.out


def test_file_names_that_are_no_text_end_in_one_line(attacked: Digest) -> None:
    root = os.fsencode(attacked.folder / "content")
    for name in (b"images/\xff\xfe.png", b"pages/\xff.md", b"2025/08/08/\xff.md", b"\xff"):
        path = os.path.join(root, name)  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(b"x")
    for command in (["check"], ["check", "--format", "json"], ["build"]):
        made = attacked.command(*command)
        assert made.code == 1, command
        assert "Traceback" not in made.err, command


def test_no_scheme_or_host_slips_through_odd_spelling(attacked: Digest) -> None:
    odd = ["java&#9;script:alert(1)", "&#1;javascript:alert(1)", "JAVA&NewLine;SCRIPT:alert(1)",
           "javascript&colon;alert(1)", "\\\\evil.example/x", "/\\evil.example/x",
           "https:\\\\ok.example\\x", "data&#58;text/html,x"]  # fmt: skip
    lines = [f'<a href="{one}">x</a> [y](<{one}>) ![z](<{one}>) <img src="{one}">' for one in odd]
    text = "\n\n".join(lines)
    put("pages/x.md", f"Title: X\n\n{text}\n")(attacked.folder)
    links = [one for one in checked(attacked) if one.file == "pages/x.md"]
    assert {one.kind for one in links} == {"link", "unsafe-link", "image"}
    attacked.build()
    tree = html5lib.parse(attacked.page("x/"), namespaceHTMLElements=False)
    main = tree.find(".//main")
    assert main is not None
    found = [value for one in main.iter() for name, value in one.items() if name in ("href", "src")]
    assert found
    for value in found:
        assert re.match(r"//evil\.example/x|https://ok\.example/x|[#/a-z.]*\Z", value), value
        assert "\\" not in value
    for one in main.iter("img"):  # of the digest's own site, or nowhere
        assert stays(one.get("src", ""))


def test_a_deep_note_is_named_with_its_line_and_shows_as_words(attacked: Digest) -> None:
    page = OPTIMIZATION.replace("> Worth", "> " + "- " * 900 + "Worth")
    attacked.write("content/2025/08/07/optimization.md", page)
    inputs, _ = folder.inputs(attacked.folder / "content")
    line = page.split("\n").index(next(one for one in page.split("\n") if "- - -" in one)) + 1
    found = [(one.line, one.kind) for one in checks.check(inputs) if one.kind != "ledger"]
    assert found == [(line, "markup")]
    attacked.build()
    assert "- - - - Worth reading" in attacked.page("papers/steps-that-shrink/")


def test_a_page_of_megabytes_is_warned_of(attacked: Digest) -> None:
    page = OPTIMIZATION + "\n" + f"{'Words of no end. ' * 1_000}\n\n" * 200
    attacked.write("content/2025/08/07/optimization.md", page)
    inputs, _ = folder.inputs(attacked.folder / "content")
    found = [one for one in checks.check(inputs) if " MB" in one.message]
    assert [(one.file, one.severity) for one in found] == [
        ("2025/08/07/optimization.md", checks.WARNING)
    ]
