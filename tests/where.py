"""Where things lie: the checkout, and what the tests read from it."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DATA = TESTS / "data"
QUALITY = TESTS / "quality"
