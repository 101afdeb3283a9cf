"""From the README's lines to the document handed in, as somebody meets it who has never seen it: the commands are real
processes, the pages are in a real browser, and the desk ends when the system says so."""

import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from officer import Officer

pytestmark = [pytest.mark.chromium, pytest.mark.driver, pytest.mark.slow]

MONITOR = (sys.executable, "-m", "monitor")
ENDS_WITHIN = 10  # seconds; it takes two where nobody else is at work


@contextmanager
def begun(folder):
    """The desk as its command starts it, and the address that it prints."""
    command = [*MONITOR, "--config", "demo-week", "desk", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found
            yield process, found[0]
        finally:
            process.kill()


def test_from_the_demo_to_the_document_handed_in(tmp_path, windows):
    demo = subprocess.run([*MONITOR, "demo"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "--config demo-week desk" in demo.stdout.splitlines()[-1]
    with begun(tmp_path) as (process, home):
        window = windows(home).open("/")
        first, second, third = window.headings("The report")[:3]
        window.press(f"Drop: {second}")
        window.press("Make the document")
        document = window.downloaded("Word")

        edited = tmp_path / "topical-issues-draft-2.docx"
        edited.write_bytes(Officer(document).strike(third).saved())
        window.page.get_by_label("Word files").set_input_files(edited)
        window.press("Hand in")
        window.open("/")
        left = window.headings("The report")
        assert first in left and second not in left and third not in left

        process.send_signal(signal.SIGTERM)
        assert process.wait(ENDS_WITHIN) in (0, 143, -signal.SIGTERM)
