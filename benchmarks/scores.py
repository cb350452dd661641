"""Scores against gold data, where it lies beside the checkout in `../shared`.

The gold files are no part of the project: without them this prints why it does nothing. Both are
scored with the scorer that comes with them.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from kg.model import Article, to_json
from kg.pipeline import Settings, load_extractor

SHARED = Path(__file__).parent.parent.parent / "shared"
SETS = (("gold", "dev.jsonl", []), ("dyads", "dev.jsonl", ["extract"]))


def main() -> None:
    for folder, name, mode in SETS:
        gold, scorer = SHARED / folder / name, SHARED / folder / "score.py"
        if not gold.exists() or not scorer.exists():
            print(f"scores: skipped, no {folder}/{name} beside the checkout")
            continue
        print(f"scores: {folder}/{name}")
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
            write_events(gold, Path(predicted.name))
            command = [sys.executable, str(scorer), *mode, str(gold), predicted.name]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
        print("".join(f"  {line}\n" for line in answer.stdout.splitlines()), end="")


def write_events(gold: Path, output: Path) -> None:
    extractor = load_extractor(Settings())
    with gold.open(encoding="utf-8") as lines, output.open("w", encoding="utf-8") as file:
        for line in lines:
            row = json.loads(line)
            day = date.fromisoformat(row["date"]) if row.get("date") else None
            for event in extractor(Article(row["id"], row["text"], date=day)):
                file.write(json.dumps(to_json(event)) + "\n")


if __name__ == "__main__":
    main()
