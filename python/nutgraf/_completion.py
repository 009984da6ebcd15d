"""Completion of verbs and options in bash, zsh and fish.

The scripts are made from the tables of options in ``_commands`` and ``_shell``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

__all__ = ["SHELLS", "script"]

SHELLS = ("bash", "zsh", "fish")

# Words of the command that take no articles.
_OTHERS = {"help": "the options of a verb", "completion": "completion for a shell"}

_BASH = """\
# bash completion of nutgraf: eval "$(nutgraf completion bash)"
_nutgraf() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} verb=${{COMP_WORDS[1]}}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{verbs} --help --version" -- "$word"))
        return
    fi
    case "$verb $before" in
        help\\ help) COMPREPLY=($(compgen -W "{verbs}" -- "$word")); return ;;
        completion\\ completion) COMPREPLY=($(compgen -W "{shells}" -- "$word")); return ;;
{values}
    esac
    case "$word" in
        -*) ;;
        *) COMPREPLY=($(compgen -f -- "$word")); return ;;
    esac
    case "$verb" in
{options}
    esac
}}
complete -o filenames -F _nutgraf nutgraf
"""

_ZSH = """\
#compdef nutgraf
# zsh completion of nutgraf: eval "$(nutgraf completion zsh)"
_nutgraf() {{
    if (( CURRENT == 2 )); then
        local -a verbs=(
{verbs}
        )
        _describe verb verbs
        return
    fi
    case "${{words[2]}}" in
        help) compadd {names} ;;
        completion) compadd {shells} ;;
{cases}
    esac
}}
compdef _nutgraf nutgraf
"""


def script(shell: str, parsers: dict[str, Any], files: Sequence[str]) -> str:
    """Return the script for a shell.

    ``parsers`` has the parser of each verb, ``files`` the options that take a file.
    """
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](parsers, files)


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


def _values(action: argparse.Action) -> list[str]:
    return [str(choice) for choice in action.choices or ()]


def _takes_a_value(action: argparse.Action) -> bool:
    return action.nargs != 0


def _bash(parsers: dict[str, Any], files: Sequence[str]) -> str:
    options, values = [], []
    for verb, parser in parsers.items():
        names = [name for action in _options(parser) for name in action.option_strings]
        options.append(f'        {verb}) COMPREPLY=($(compgen -W "{" ".join(names)}" -- "$word")) ;;')
        for action in _options(parser):
            if not _takes_a_value(action):
                continue
            pattern = "|".join(f"{verb}\\ {name}" for name in action.option_strings)
            if _values(action):
                reply = f'COMPREPLY=($(compgen -W "{" ".join(_values(action))}" -- "$word"))'
            elif files and action.option_strings[-1] in files:
                reply = 'COMPREPLY=($(compgen -f -- "$word"))'
            else:
                reply = "COMPREPLY=()"
            values.append(f"        {pattern}) {reply}; return ;;")
    return _BASH.format(
        verbs=" ".join([*parsers, *_OTHERS]),
        shells=" ".join(SHELLS),
        values="\n".join(values),
        options="\n".join(options),
    )


def _said(text: str) -> str:
    """Quote a text for zsh and fish, without marks that they would read."""
    return "'" + text.replace("%%", "%").replace("\\", "").replace("'", "").replace("[", "(").replace("]", ")") + "'"


def _zsh(parsers: dict[str, Any], files: Sequence[str]) -> str:
    cases = []
    for verb, parser in parsers.items():
        lines = []
        for action in _options(parser):
            help = _said(action.help or "")[1:-1].replace(":", "\\:")
            for name in action.option_strings:
                line = f"{name}[{help}]"
                if _takes_a_value(action):
                    what = "_files" if name in files else f"({' '.join(_values(action))})" if _values(action) else " "
                    line += f":value:{what}"
                lines.append(f"            '{line}'")
        lines.append("            '*:file:_files'")
        cases.append(f"        {verb}) _arguments \\\n" + " \\\n".join(lines) + " ;;")
    summaries = {verb: parser.summary for verb, parser in parsers.items()} | _OTHERS
    verbs = [f"            {verb}:{_said(summary.replace(':', ' –'))}" for verb, summary in summaries.items()]
    return _ZSH.format(verbs="\n".join(verbs), names=" ".join(parsers), shells=" ".join(SHELLS), cases="\n".join(cases))


def _fish(parsers: dict[str, Any], files: Sequence[str]) -> str:
    lines = ["# fish completion of nutgraf: nutgraf completion fish > ~/.config/fish/completions/nutgraf.fish"]
    summaries = {verb: parser.summary for verb, parser in parsers.items()} | _OTHERS
    for verb, summary in summaries.items():
        lines.append(f"complete -c nutgraf -n __fish_use_subcommand -f -a {verb} -d {_said(summary)}")
    for verb, words in (("help", list(parsers)), ("completion", list(SHELLS))):
        lines.append(f"complete -c nutgraf -n '__fish_seen_subcommand_from {verb}' -f -a '{' '.join(words)}'")
    for verb, parser in parsers.items():
        for action in _options(parser):
            names = " ".join(
                f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in action.option_strings
            )
            value = ""
            if _takes_a_value(action):
                is_file = any(name in files for name in action.option_strings)
                value = " -r" if is_file else f" -x -a '{' '.join(_values(action))}'" if _values(action) else " -x"
            condition = f"'__fish_seen_subcommand_from {verb}'"
            lines.append(f"complete -c nutgraf -n {condition} {names}{value} -d {_said(action.help or '')}")
    return "\n".join(lines) + "\n"
