"""`broadsheet completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from .terminal import echo

NAME = "broadsheet"
VARIABLE = "_BROADSHEET_COMPLETE"
"""The variable by which the shell's function asks for completions."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that lets SHELL complete commands and options.

    \b
    bash: in ~/.bashrc  eval "$(broadsheet completion bash)"
    zsh:  in ~/.zshrc   eval "$(broadsheet completion zsh)"
    fish: once          broadsheet completion fish \\
                          > ~/.config/fish/completions/broadsheet.fish
    """
    from . import main

    kind = get_completion_class(shell)
    assert kind is not None  # click knows these three
    # The class's own `source` runs the shell to ask for its version.
    echo(ShellComplete.source(kind(main, {}, NAME, VARIABLE)))
