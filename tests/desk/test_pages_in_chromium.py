"""x"""
import pytest
from chromium import violations, sideways, small_targets
pytestmark = [pytest.mark.chromium, pytest.mark.driver]

@pytest.mark.parametrize("a", ["/", "/search", "/rules"])
def test_frame(window, a):
    window.open(a)
    assert window.page.get_by_role("main").is_visible()
    assert violations(window.page)==[]
    window.sized(320)
    window.page.emulate_media(color_scheme="dark")
    assert violations(window.page)==[]
    assert sideways(window.page)==[]
    assert small_targets(window.page)==[]
