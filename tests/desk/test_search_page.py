"""The search page over the demo's week, as a reader without script uses it."""

import pytest

from monitor.app.desk.indexing import bring_up
from monitor.store.search import FILE


@pytest.fixture
def reader(desk):
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    return desk.reader()


def test_a_story_is_found_shown_and_taken(reader):
    reader.get("/search", query_string={"q": "police"})
    print(reader.text)
    assert reader.status == 200
