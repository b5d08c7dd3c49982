"""What a host means for a digest: its templates and its addresses."""

from __future__ import annotations

import pytest

from broadsheet.errors import SettingsError
from broadsheet.scaffold import hosts
from broadsheet.scaffold.answers import HOSTS, Answers


@pytest.mark.parametrize(
    ("host", "repository", "domain", "address"),
    [
        ("github", "https://github.com/Ada/Post", "", "https://ada.github.io/Post"),
        ("github", "https://github.com/Ada/ada.github.io", "", "https://ada.github.io"),
        ("github", "https://github.com/ada/post", "ada.net", "https://ada.net"),
        ("github", "", "", ""),
        ("gitlab", "https://gitlab.com/ada/sub/post", "", "https://ada.gitlab.io/sub/post"),
        ("gitlab", "https://code.ada.net/ada/post", "", ""),
        ("codeberg", "https://codeberg.org/ada/post", "", "https://ada.codeberg.page/post"),
        ("codeberg", "https://codeberg.org/ada/pages", "", "https://ada.codeberg.page"),
        ("netlify", "https://github.com/ada/post", "", ""),
        ("server", "", "ada.net", "https://ada.net"),
    ],
)
def test_where_a_site_is_read(host: str, repository: str, domain: str, address: str) -> None:
    answers = Answers(host=host, repository=repository, domain=domain)
    assert hosts.site_address(answers) == address


def test_a_host_without_repositories_gets_the_code_host_s_templates_too() -> None:
    answers = Answers(host="netlify", repository="https://github.com/ada/post")
    assert hosts.template_sets(answers) == (
        "digest", "github", "github-elsewhere", "netlify")  # fmt: skip
    assert hosts.template_sets(Answers(host="server")) == ("digest", "server")
    assert hosts.template_sets(Answers(host="gitlab")) == ("digest", "gitlab", "gitlab-pages")


def test_every_host_has_templates() -> None:
    for host in HOSTS:
        assert len(hosts.template_sets(Answers(host=host))) >= 2


def test_pages_lead_to_the_code_host_s_editor() -> None:
    values = hosts.settings(Answers(host="server", repository="https://codeberg.org/ada/post"))
    assert values["BROADSHEET_EDIT_URL"] == (
        "https://codeberg.org/ada/post/_edit/main/content/{path}"
    )
    values = hosts.settings(Answers(host="server", repository="https://code.ada.net/ada/post"))
    assert values["BROADSHEET_EDIT_URL"] == ""
    assert values["BROADSHEET_REPOSITORY"] == "https://code.ada.net/ada/post"


def test_a_repository_at_another_code_host_is_refused() -> None:
    answers = Answers(host="gitlab", repository="https://github.com/ada/post")
    with pytest.raises(SettingsError, match="is at GitHub; expected one at GitLab"):
        hosts.refuse_contradiction(answers)
