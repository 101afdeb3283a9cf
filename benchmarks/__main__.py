"""Runs every benchmark, or the named ones:

python -m benchmarks [poll] [many] [waits] [pages] [draft] [judge] [learn] [help]
"""

import sys

from benchmarks import draft, help_text, judge, learn, pages, poll, waits

BENCHMARKS = {
    "poll": poll.run,
    "many": poll.run_many,
    "waits": waits.run,
    "pages": pages.run,
    "draft": draft.run,
    "judge": judge.run,
    "learn": learn.run,
    "help": help_text.run,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark is called {unknown[0]}: choose from {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        for line in BENCHMARKS[name]():
            print(f"{name}: {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
