"""The server that tests are given: it is real, each test has a schema of its own, and a port with a password."""

import psycopg
import pytest

pytestmark = pytest.mark.postgresql


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_finds_its_schema_empty(postgresql, turn):
    with psycopg.connect(postgresql) as connection:
        assert connection.execute("SELECT to_regclass('mine')").fetchone() == (None,)
        connection.execute("CREATE TABLE mine (number integer)")


def test_who_comes_by_the_port_is_asked_for_a_password(postgresql_server):
    with psycopg.connect(postgresql_server.by_port()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(postgresql_server.by_port(password="another"))
