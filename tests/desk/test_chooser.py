"""Several panels at one address: who is in at one is nobody at another, and neither sees what is the other's."""

import re
import shutil
from datetime import timedelta
from functools import partial

import pytest
from conftest import NOW
from lxml import html
from sidebyside import HANTS, PANELS, THAMES, Side
from werkzeug.test import Client

from monitor.app.desk.entry.key import session_key
from monitor.app.desk.entry.password import keep_hash, password_hash
from monitor.app.desk.feeds.feed_edits import OF_ALL, FeedWrong, add_feed
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.several import desks_of
from monitor.config.feeds_text import WrittenFeed
from monitor.desk.application import application
from monitor.desk.chooser import Choice, Chooser, under
from monitor.desk.safety.password import Password, hashed, is_hash
from monitor.desk.safety.standing import AT_HOME, Standing, lines
from monitor.errors import InputError
from monitor.store import Store

WORDS = {THAMES: "three odd words", HANTS: "other words again"}
HASHES = {name: hashed(words) for name, words in WORDS.items()}
HOME = "http://localhost"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panels")
    for name, source in PANELS.items():
        (folder / "panels" / name).mkdir(parents=True)
        for file in ("panel.yaml", "topics.yaml", "places.yaml"):
            shutil.copy(source / file, folder / "panels" / name / file)
    shutil.copy(PANELS[THAMES] / "feeds.yaml", folder / "feeds.yaml")
    return folder


@pytest.fixture
def side(files, tmp_path):
    side = Side(tmp_path / "config")
    shutil.copytree(files, side.folder)
    with Store.open(side.archive):
        pass
    return side


def opened(side, stands=AT_HOME, passwords=()):
    """A browser at the chooser."""
    for name in passwords:
        keep_hash(side.home(name), HASHES[name])
    desks = desks_of(side.folder, side.data)
    apps = {
        one.name: application(
            OpenDesk(one.folder, side.data, clock=lambda: NOW + timedelta(hours=1)),
            session_key(one.home),
            under(stands, one.name),
            Password(partial(one.hash, is_hash)),
            is_one_of_many=True,
        )
        for one in desks
    }
    return Client(Chooser(apps, [Choice(one.name, one.title) for one in desks], stands))


def log_in(client, name, words, prefix=""):
    page = client.get(f"{prefix}/{name}/login", base_url=HOME)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    return client.post(
        f"{prefix}/{name}/login",
        base_url=HOME,
        data={"csrf_token": token, "password": words},
        headers={"Origin": HOME, "Referer": f"{HOME}{prefix}/{name}/login"},
    )


def test_the_first_page_names_the_panels_and_nothing_of_what_is_in_them(side):
    page = opened(side, passwords=WORDS).get("/", base_url=HOME)
    links = {one.get("href"): one.text for one in html.fromstring(page.text).xpath("//main//a")}
    assert page.status_code == 200
    assert links == {
        f"/{HANTS}/": "Hampshire and Isle of Wight Police and Crime Panel",
        f"/{THAMES}/": "Thames Valley Police & Crime Panel",
    }


def test_two_that_are_called_alike_are_told_apart_by_their_folders(side):
    shutil.copytree(side.panel(HANTS), side.panel("wessex"))  # the file of another, not changed yet
    assert [one.title for one in desks_of(side.folder, side.data)] == [
        "Hampshire and Isle of Wight Police and Crime Panel (hampshire)",
        "Thames Valley Police & Crime Panel",
        "Hampshire and Isle of Wight Police and Crime Panel (wessex)",
    ]


@pytest.mark.parametrize(
    "without, said",
    [
        ((), "A password is asked for."),
        ((HANTS,), "A password is asked for, but not at: hampshire."),
        ((HANTS, THAMES), "No password is asked for: nobody but this machine reaches it."),
    ],
)
def test_it_says_which_desks_ask_for_no_password(without, said):
    found = list(lines(AT_HOME, HOME, has_password=len(without) < 2, without=without))
    assert [line for line in found if "assword" in line] == [said]


@pytest.mark.parametrize("path", ["/kent/", "/history", "/hampshire2/", "/../feeds.yaml", "/Hampshire/"])
def test_what_is_no_panel_is_no_page(side, path):
    assert opened(side).get(path, base_url=HOME).status_code == 404


def test_nobody_can_change_anything_at_the_first_page(side):
    assert opened(side).post("/", base_url=HOME).status_code == 404


def test_a_host_that_is_not_ours_sees_no_panel(side):
    page = opened(side).get("/", base_url="http://evil.example")
    assert (page.status_code, "Hampshire" in page.text) == (400, False)


def test_each_desk_is_under_its_name_and_so_are_its_links(side):
    page = opened(side).get(f"/{HANTS}/", base_url=HOME)
    assert page.status_code == 200
    links = {one.get("href") for one in html.fromstring(page.text).xpath("//nav[@aria-label='Pages']//a")}
    assert links and all(link.startswith(f"/{HANTS}/") for link in links)
    assert html.fromstring(page.text).xpath("//header//a[@href='/']")[0].text == "Other panels"


@pytest.mark.slow
def test_a_password_opens_one_panel_only(side):
    client = opened(side, passwords=WORDS)
    assert log_in(client, HANTS, WORDS[THAMES]).status_code == 422
    assert log_in(client, HANTS, WORDS[HANTS]).status_code == 303
    assert client.get(f"/{HANTS}/", base_url=HOME).status_code == 200
    away = client.get(f"/{THAMES}/", base_url=HOME)
    assert (away.status_code, away.location.startswith(f"/{THAMES}/login")) == (303, True)


def test_nor_does_the_cookie_of_one_sent_to_the_other_by_hand(side):
    client = opened(side, passwords=WORDS)
    cookie = log_in(client, HANTS, WORDS[HANTS]).headers["Set-Cookie"]
    (name, value), path = cookie.partition(";")[0].split("=", 1), re.search(r"Path=([^;]+)", cookie)[1]
    assert path == f"/{HANTS}"
    other = opened(side).get(f"/{THAMES}/login", base_url=HOME).headers["Set-Cookie"].partition("=")[0]
    for each in (name, other):  # under its own name, and under that of the other's cookie
        asked = Client(client.application).get(
            f"/{THAMES}/", base_url=HOME, headers={"Cookie": f"{each}={value}"}
        )
        assert asked.status_code == 303


def test_one_panel_may_have_a_password_and_the_other_none(side):
    client = opened(side, passwords=[HANTS])
    assert client.get(f"/{THAMES}/", base_url=HOME).status_code == 200
    assert client.get(f"/{HANTS}/", base_url=HOME).status_code == 303


@pytest.mark.parametrize("asked", ["/desk/hampshire/", "/hampshire/"])
def test_behind_a_proxy_that_leaves_the_prefix_or_takes_it_off(side, asked):
    stands = Standing(public=HOME, prefix="/desk")
    page = opened(side, stands).get(asked, base_url=HOME)
    links = {one.get("href") for one in html.fromstring(page.text).xpath("//nav[@aria-label='Pages']//a")}
    assert links and all(link.startswith("/desk/hampshire/") for link in links)
    first = opened(side, stands).get("/desk/", base_url=HOME)
    assert [one.get("href") for one in html.fromstring(first.text).xpath("//main//a")] == [
        f"/desk/{HANTS}/",
        f"/desk/{THAMES}/",
    ]


def test_a_password_of_the_environment_would_open_every_panel_and_opens_none(side):
    with pytest.raises(InputError, match="would open the desk of every panel"):
        password_hash(side.home(HANTS), is_hash, {"MONITOR_DESK_PASSWORD_HASH": HASHES[HANTS]}, panel=HANTS)


def test_a_password_of_before_there_were_several_panels_is_not_left_behind_silently(side):
    """It is where no desk looks: the desk would be open while its operator believes that it is not."""
    old = side.data / "desk.password"
    old.write_text(HASHES[HANTS])
    try:
        for name in (HANTS, THAMES):
            with pytest.raises(InputError, match=r"move it into .*panels/NAME of its panel, or delete it"):
                password_hash(side.home(name), is_hash, {}, panel=name)
    finally:
        old.unlink()


def test_feeds_are_everybodys_and_changed_at_no_desk(side):
    before = (side.folder / "feeds.yaml").read_bytes()
    desk = OpenDesk(side.panel(HANTS), side.data)
    done = add_feed(desk, WrittenFeed(name="Kent Post", url="https://kent.example/rss", area="Kent"))
    assert done == FeedWrong((("", OF_ALL),))
    assert (side.folder / "feeds.yaml").read_bytes() == before


def test_a_panel_whose_files_have_mistakes_says_so_on_its_own_desk(side):
    (side.panel(HANTS) / "panel.yaml").write_text("panel: [")
    client = opened(side)
    assert client.get(f"/{THAMES}/", base_url=HOME).status_code == 200
    assert f"panels/{HANTS}/panel.yaml" in client.get(f"/{HANTS}/", base_url=HOME).text
    links = html.fromstring(client.get("/", base_url=HOME).text).xpath("//main//a")
    assert links[0].text == HANTS


@pytest.mark.chromium
@pytest.mark.driver
@pytest.mark.slow
def test_the_page_and_a_desk_under_it_are_whole_in_a_browser(side, browser):
    from chromium import opened_windows, serving
    from test_accessibility import wrong_with

    with serving(opened(side).application) as address, opened_windows(browser) as windows:
        window = windows(address)
        assert wrong_with(window.open("/")) == {}
        assert window.heading == "Which panel?"
        window.follow("Thames Valley Police & Crime Panel")
        assert window.address == f"/{THAMES}/"
        assert wrong_with(window.open(f"/{THAMES}/")) == {}
        window.follow("Other panels").follow("Hampshire and Isle of Wight Police and Crime Panel")
        assert window.address == f"/{HANTS}/"


def posted(client, path, **fields):
    """A form of the page that the path leads to when it is only looked at."""
    page = client.get(fields.pop("on", path), base_url=HOME)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    headers = {"Origin": HOME, "Referer": f"{HOME}{path}"}
    return client.post(path, base_url=HOME, data={"csrf_token": token, **fields}, headers=headers)


@pytest.mark.slow
def test_a_change_of_the_rules_is_tried_saved_and_taken_back_on_its_panels_desk_alone(side):
    client, rules = opened(side), side.folder / "panels" / HANTS / "topics.yaml"
    before = rules.read_bytes()
    its_list = f"/{HANTS}/rules/list/bodies/force"
    tried = posted(client, f"{its_list}/add", on=its_list, phrase="the county force").location
    page = client.get(tried, base_url=HOME)
    assert (page.status_code, "the county force" in page.text) == (200, True)
    assert client.get(tried.replace(HANTS, THAMES), base_url=HOME).status_code == 404

    seen = html.fromstring(page.text).xpath("//input[@name='previewed']/@value")[0]
    saved = posted(client, f"{tried}/save", on=tried, previewed=seen).location
    assert (
        "the county force" in client.get(saved, base_url=HOME).text
        and b"the county force" in rules.read_bytes()
    )
    listed = [client.get(f"/{name}/rules/versions", base_url=HOME).text for name in (HANTS, THAMES)]
    assert ["the county force" in text for text in listed] == [True, False]
    posted(client, f"{saved}/undo", on=saved)
    assert rules.read_bytes() == before
