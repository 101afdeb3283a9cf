"""What a document is after all its changes are accepted: the law, and the forms in which Word keeps what it says."""

from dataclasses import replace
from random import Random

import pytest
from bigdraft import first_draft
from conftest import NOW
from edits import done, random_edit
from officer import as_word_saves, shelf

from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read
from monitor.reporting.documents.word.opened import opened
from monitor.reporting.learning.compare import understand
from monitor.settings import LinksAs

EDITION = replace(first_draft(), items=first_draft().items[:7], further=())
HEAD = 4  # paragraphs above the first item


@pytest.fixture(scope="module")
def drafts():
    """As we write it, and with links as fields in pieces, runs cut up and bookmarks moved, as Word saves it."""
    written = {form: write_word(EDITION, links=form) for form in LinksAs}
    return [opened(each, "draft.docx") for one in written.values() for each in (one, as_word_saves(one))]


def said(document):
    return understand(EDITION, read(document).lines, shelf(), learned=NOW, digest="ab" * 32)


@pytest.mark.parametrize("seed", range(100))
def test_a_tracked_edit_is_understood_as_the_same_edit_untracked(drafts, seed):
    random = Random(seed)
    draft = drafts[seed % len(drafts)]
    edit = random_edit(random, draft.body, HEAD)
    at_once = said(replace(draft, body=done(draft.body, edit, tracked=False)))
    tracked = said(replace(draft, body=done(draft.body, edit, tracked=True)))
    assert tracked.decisions == at_once.decisions, edit
