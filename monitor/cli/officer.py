"""The officer's commands. What they do is in `app`, imported when one of them runs."""

from pathlib import Path

import click

from monitor.cli.door import Folders
from monitor.cli.forms import words
from monitor.cli.showing import as_json, show_json, show_lines


@click.command()
@click.argument("documents", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="DOCUMENT…")
@click.option("--yes", is_flag=True, help="Keep it also where more than half of the items would be gone.")
@as_json
@click.pass_obj
def learn(folders: Folders, documents: tuple[Path, ...], yes: bool, as_json: bool) -> None:
    """Read edited drafts and ticked notes back.

    The next draft starts from them. DOCUMENT… is a .docx as you saved it in Word or LibreOffice, under any name: a
    draft, or its working notes; several in any order. Where more than half of a draft's items would be dropped or
    emptied, nothing is kept before you say --yes. `unlearn` takes it back.
    """
    from monitor.app import learning
    from monitor.errors import InputError

    documents_learned = learning.learn_documents(folders.config, folders.data, documents, sure=yes)
    for learned in documents_learned:
        if as_json:
            show_json(learned.record())
        else:
            show_lines(learned.lines())
    if doubts := [one.lesson.doubt for one in documents_learned if one.lesson.doubt]:
        raise InputError("\n".join(doubts))


@click.command()
@as_json
@click.pass_obj
def unlearn(folders: Folders, as_json: bool) -> None:
    """Take back what the last `learn` said.

    It takes back all its documents at once. What was learned before holds again, and the next draft is made without it.
    Said again, it takes back the `learn` before. What you said by `take` and `drop` stays.
    """
    from monitor.app import learning

    taken = learning.take_back(folders.config, folders.data)
    if as_json:
        for record in taken.records():
            show_json(record)
    else:
        show_lines(taken.lines())


@click.command()
@click.argument("ids", type=words, nargs=-1, required=True, metavar="ID…")
@as_json
@click.pass_obj
def take(folders: Folders, ids: tuple[str, ...], as_json: bool) -> None:
    """Take stories into the report, dropped ones too.

    ID… is a story's, or the id or address of any of its articles.
    """
    _speak(folders, ids, as_json, is_taken=True)


@click.command()
@click.argument("ids", type=words, nargs=-1, required=True, metavar="ID…")
@as_json
@click.pass_obj
def drop(folders: Folders, ids: tuple[str, ...], as_json: bool) -> None:
    """Put stories out of sight, until `take` brings them back.

    ID… is a story's, or the id or address of any of its articles.
    """
    _speak(folders, ids, as_json, is_taken=False)


def _speak(folders: Folders, ids: tuple[str, ...], as_json: bool, *, is_taken: bool) -> None:
    from monitor.app import learning
    from monitor.model import Said

    said = Said.TAKEN if is_taken else Said.DROPPED
    spoken = learning.speak(folders.config, folders.data, ids, said)
    if as_json:
        for record in spoken.records():
            show_json(record)
    else:
        show_lines(spoken.lines())
