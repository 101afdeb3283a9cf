"""Runs every benchmark, or the named ones:

python -m benchmarks [poll] [many] [waits] [pages] [draft] [judge] [learn] [help] [nation] [panels] [desk] [preview] [store]
[cluster] [capacity]

What others have collected is read only where it is asked for: python -m benchmarks public FOLDER
"""

import sys
from pathlib import Path

from benchmarks import (
    capacity,
    cluster,
    desk,
    draft,
    help_text,
    judge,
    learn,
    nation,
    pages,
    panels,
    poll,
    preview,
    public,
    storing,
    waits,
)

BENCHMARKS = {
    "poll": poll.run,
    "many": poll.run_many,
    "waits": waits.run,
    "pages": pages.run,
    "draft": draft.run,
    "judge": judge.run,
    "learn": learn.run,
    "help": help_text.run,
    "nation": nation.run,
    "panels": panels.run,
    "desk": desk.run,
    "preview": preview.run,
    "store": storing.run,
    "cluster": cluster.run,
    "capacity": capacity.run,
}


def main(names: list[str]) -> int:
    if names[:1] == ["public"]:
        return read_public(names[1:])
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark is called {unknown[0]}: choose from {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        for line in BENCHMARKS[name]():
            print(f"{name}: {line}", flush=True)
    return 0


def read_public(folders: list[str]) -> int:
    if len(folders) != 1 or not Path(folders[0]).is_dir():
        wanted = "\n".join(f"  git clone {clone.url}" for clone in public.CLONES)
        print(f"Name the one folder that holds clones of\n{wanted}", file=sys.stderr)
        return 2
    for line in public.run(Path(folders[0])):
        print(f"public: {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
