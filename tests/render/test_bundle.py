"""Bundling of ES modules."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from broadsheet.errors import SiteError
from broadsheet.render.bundle import bundled

MODULES = {
    "js/entry.js": 'import { sum, Two } from "./a.js";\nimport { twice } from "./b.js";\n'
    "const own = await Promise.resolve(sum(1, 2));\n"
    "console.log(JSON.stringify([own, new Two().is, await twice(own)]));\n",
    "js/a.js": 'import { sum as plus } from "./c.js";\nconst own = 1;\n'
    "export const sum = (a, b) => plus(a, b) + own;\nexport class Two {\n  is = 2;\n}\n",
    "js/b.js": 'import { sum } from "./c.js";\nconst own = 100;\n'
    "export async function twice(a) {\n  return sum(a, a) + own;\n}\n",
    "js/c.js": "export function sum(a, b) {\n  return a + b;\n}\n",
    "js/other.js": "export const other = 1;\n",
}


def test_a_bundle_does_what_its_modules_do_each_with_its_own_names(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node isn't installed")
    text, inner = bundled("js/entry.js", MODULES)
    assert inner == {"js/a.js", "js/b.js", "js/c.js"}
    assert text.count("return a + b;") == 1
    assert "import" not in text
    assert "export" not in text
    (tmp_path / "bundle.mjs").write_text(text)
    done = subprocess.run([node, tmp_path / "bundle.mjs"], capture_output=True, text=True)
    assert done.stderr == ""
    assert json.loads(done.stdout) == [4, 2, 108]


def test_a_module_whose_names_no_other_mentions_stands_open() -> None:
    text, _ = bundled("js/entry.js", MODULES)
    assert "$a" in text  # a.js and b.js have both an `own`, and c.js is imported under another name
    assert "$c" in text
    modules = {
        "js/entry.js": 'import { one } from "./one.js";\nconsole.log(one, {}.two, "three");\n',
        "js/one.js": 'import { two } from "./two.js";\nexport const one = two;\n',
        "js/two.js": "const own = 1; // one\nexport const two = own;\n",
    }
    text, _ = bundled("js/entry.js", modules)
    assert [line for line in text.splitlines() if line] == [
        "const own = 1; // one", "const two = own;", "const one = two;",
        'console.log(one, {}.two, "three");',
    ]  # fmt: skip
    for taken in ("own", "{ own }", "own: 1", "...own", "`${own}`"):
        modules["js/entry.js"] = f'import {{ one }} from "./one.js";\nconsole.log(one, {taken});\n'
        text, _ = bundled("js/entry.js", modules)
        assert "$two" in text, taken
        assert "$one" in text, taken  # it imports from a module that doesn't stand open
    modules["js/two.js"] = "const { own } = {};\nexport const two = own;\n"
    modules["js/entry.js"] = 'import { one } from "./one.js";\n'
    assert "$two" in bundled("js/entry.js", modules)[0]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('import { x } from "./missing.js";', "isn't there"),
        ('import { x } from "./loop.js";', "imports itself"),
        ('import * as all from "./other.js";', "expected import"),
        ('import { x } from "./odd.js";', "expected export"),
    ],
)
def test_what_cannot_be_bundled_is_refused_with_its_place(source: str, said: str) -> None:
    modules = {
        "js/entry.js": source,
        "js/loop.js": 'import { y } from "./entry.js";',
        "js/odd.js": "export default 1;",
        "js/other.js": "",
    }
    with pytest.raises(SiteError, match=said) as caught:
        bundled("js/entry.js", modules)
    assert str(caught.value.file).startswith("js/")
