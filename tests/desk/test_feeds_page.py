"""Feeds."""


def test_it(desk):
    r = desk.reader().get("/feeds")
    assert r.status == 200, r.text
    open("/work/tmp/feeds_page.html", "w").write(r.text)
    r.follow("Otmoor")
    assert r.status == 200, r.text
    for a in ("/feeds/try", "/feeds/add", "/feeds/import", "/feeds.opml"):
        assert r.get(a).status == 200, a
