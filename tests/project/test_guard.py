"""The guard that keeps tests on this machine."""

import socket

import conftest
import pytest
from conftest import YouForgotToKeepTheTestOnThisMachine, is_roomy


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("203.0.113.9", 443)])
def test_a_connection_that_leaves_the_machine_fails(address):
    with socket.socket() as caller, pytest.raises(YouForgotToKeepTheTestOnThisMachine):
        caller.connect(address)


def test_a_name_is_not_looked_up():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("www.readingchronicle.co.uk", 443)


def test_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as caller:
        caller.connect(server.getsockname())
        assert caller.getpeername() == server.getsockname()


def test_only_a_folder_with_room_is_taken_for_the_tests_own(tmp_path, monkeypatch):
    assert not is_roomy(tmp_path / "none")
    monkeypatch.setattr(conftest, "ROOM", 1)
    assert is_roomy(tmp_path)
    monkeypatch.setattr(conftest, "ROOM", 1 << 60)
    assert not is_roomy(tmp_path)
