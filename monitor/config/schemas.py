"""`python -m monitor.config.schemas [FOLDER]` writes the JSON Schemas of the four files into FOLDER (schemas/).

An editor that knows JSON Schema completes and checks a file while it is typed. The schemas are made from the models
that `check` uses, so the two cannot disagree; a test says when they must be written anew.
"""

import json
import sys
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from monitor.config.feeds_file import FeedsFile
from monitor.config.panel_file import PanelFile
from monitor.config.places_file import PlacesFile
from monitor.config.topics_file import TopicsFile

MODELS: dict[str, type[BaseModel]] = {
    "feeds": FeedsFile,
    "topics": TopicsFile,
    "places": PlacesFile,
    "panel": PanelFile,
}


class _WithoutDefaults(GenerateJsonSchema):
    """A default is a Python value; as JSON it would read `PT30M` where the file says `30m`."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schemas() -> dict[str, str]:
    """The text of each schema by its file's name."""
    return {f"{name}.schema.json": _schema(name) for name in MODELS}


def _schema(name: str) -> str:
    schema = MODELS[name].model_json_schema(schema_generator=_WithoutDefaults)
    heading = {"$schema": GenerateJsonSchema.schema_dialect, "title": f"{name}.yaml"}
    return json.dumps({**schema, **heading}, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas"))
