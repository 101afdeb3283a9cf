"""One mailbox in two spellings is one mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from monitor.mailboxes import bare_address, once_each, read_mailbox, same_mailbox

# As a person wrote it | as mail is sent to it.
WRITTEN = {
    "o@desk.example": "o@desk.example",
    "  o@desk.example ": "o@desk.example",
    "o@DESK.Example": "o@desk.example",
    "O.Fficer@desk.example": "O.Fficer@desk.example",
    "o@desk.example.": "o@desk.example",
    "<o@desk.example>": "o@desk.example",
    "Ann Officer <o@desk.example>": "Ann Officer <o@desk.example>",
    "Ann  Officer<o@desk.example>": "Ann Officer <o@desk.example>",
    "Ann Officer < o@Desk.example. >": "Ann Officer <o@desk.example>",
    "Zoë O’Brien <o@desk.example>": "Zoë O’Brien <o@desk.example>",
    "o@bücher.example": "o@xn--bcher-kva.example",
    "o@Bücher.Example": "o@xn--bcher-kva.example",
    "o@XN--BCHER-KVA.example": "o@xn--bcher-kva.example",
    "o@relay": "o@relay",
    "o+panel@desk.example": "o+panel@desk.example",
}
NONE = (
    "", "the officer", "o@", "@desk.example", "o@@desk.example", "o@desk..example", "o@desk.example..", "o@-desk.example",
    "o@desk example", "a@desk.example, b@desk.example", "a@desk.example;b@desk.example", "o@desk.example>", "<o@desk.example",
    "Ann <o@desk.example> Officer", "ö@desk.example", "o@straße.example", "Ann \"x\" <o@desk.example>", "o@.", "o@[10.0.0.1]",
)  # fmt: skip

ONE = [
    ("o@desk.example", "o@Desk.EXAMPLE", "O@desk.example", "O@DESK.EXAMPLE.", " o@desk.example "),
    ("o@desk.example", "Ann Officer <o@desk.example>", "A. Officer <O@Desk.example>", "<o@desk.example>"),
    ("o@bücher.example", "o@BÜCHER.example", "o@xn--bcher-kva.example", "Ann <o@xn--bcher-kva.example.>"),
]
OTHERS = (
    "o@desk.example", "p@desk.example", "o@desk2.example", "o@mail.desk.example", "o+panel@desk.example",
    "o.o@desk.example", "oo@desk.example", "o@bucher.example", "o@bücher.example",
)  # fmt: skip


@pytest.mark.parametrize("written, mailbox", WRITTEN.items())
def test_a_mailbox_is_read(written, mailbox):
    assert read_mailbox(written) == mailbox
    assert read_mailbox(mailbox) == mailbox
    assert same_mailbox(written) == same_mailbox(mailbox) == same_mailbox(bare_address(mailbox))


@pytest.mark.parametrize("written", NONE)
def test_what_is_none_is_not_read(written):
    assert read_mailbox(written) is None


@pytest.mark.parametrize("spellings", ONE)
def test_spellings_of_one_mailbox_are_one(spellings):
    assert once_each(spellings) == spellings[:1]
    assert once_each(map(read_mailbox, reversed(spellings))) == (read_mailbox(spellings[-1]),)


def test_others_are_others():
    assert once_each(OTHERS) == OTHERS


@given(some.text(), some.sampled_from(sorted(WRITTEN)))
def test_nothing_that_is_typed_raises(text, mailbox):
    for written in (text, f"{text}@desk.example", f"o@{text}", f"{text} <{mailbox}>"):
        found = read_mailbox(written)
        assert found is None or read_mailbox(found) == found
        same_mailbox(written)
