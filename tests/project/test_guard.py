"""The guard that keeps tests on this machine."""

import socket

import pytest
from conftest import YouForgotToKeepTheTestOnThisMachine


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
