"""Reads the text form of Prometheus as strictly as it is described, and gives the figures."""

import re

# The format, from prometheus.io/docs/instrumenting/exposition_formats, as strict as it is written there.
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"'
SAMPLE = re.compile(rf"({NAME})(\{{{LABEL}(?:,{LABEL})*\}})? (-?\d+(?:\.\d+)?)")


def read(text: str) -> dict[str, float]:
    """Each sample by name and labels. Fails where a line is none, a family has no head or two, or a sample comes
    twice."""
    assert text.endswith("\n")
    found, helped, family = {}, [], ""
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("# HELP "):
            family = re.fullmatch(rf"# HELP ({NAME}) (?:[^\\]|\\\\|\\n)+", line)[1]
            helped.append(family)
            expected = f"# TYPE {family} gauge"
        elif line.startswith("# TYPE "):
            assert line == expected
            expected = ""
        else:
            assert expected == "", f"no TYPE before {line}"
            name, labels, value = SAMPLE.fullmatch(line).groups()
            assert name == family, f"{line} stands outside its family"
            assert (key := name.removeprefix("topical_issues_") + (labels or "")) not in found
            found[key] = float(value)
    assert len(set(helped)) == len(helped)
    return found
