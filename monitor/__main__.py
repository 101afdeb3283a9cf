"""`monitor`, and `python -m monitor`: one door."""

import sys

from monitor.loading import loading

with loading():
    from monitor.cli import main as command


def main() -> int:
    """Runs the command that was typed. Returns its exit code."""
    return command()


if __name__ == "__main__":
    sys.exit(main())
