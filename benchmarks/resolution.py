"""Who is meant: names and codes of participants of matched events, by how articles mention them.

A mention counts as a pronoun, as a description (a common noun: "the Russian president", "both
sides", "its neighbour") that stands for somebody with a name, or as a name.
"""

import json
from collections import Counter
from datetime import date

from shared import gold_file, scorer

from kg.model import Article, to_json
from kg.pipeline import Settings, load_extractor

PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "we", "us", "our")
) | {"who", "each", "both"}


def main() -> None:
    path = gold_file("gold")
    if path is None:
        print("resolution: skipped, no gold articles beside the checkout")
        return
    judge, extractor = scorer("gold"), load_extractor(Settings())
    seen: Counter[tuple[str, str]] = Counter()
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        day = date.fromisoformat(row["date"]) if row["date"] else None
        found = [to_json(e) for e in extractor(Article(row["id"], row["text"], date=day))]
        for gold, event in matched(row, found, judge):
            for role in ("actor", "target"):
                names = {p["name"].casefold() for p in event[role]}
                codes = {p["code"] for p in event[role]}
                for one in gold[role]:
                    kind = kind_of(one)
                    seen[kind, "all"] += 1
                    seen[kind, "name"] += one["name"].casefold() in names
                    seen[kind, "code"] += one["code"] in codes
    print("resolution: participants of matched events   all   name   code")
    for kind in ("pronoun", "description", "name"):
        count = seen[kind, "all"]
        shares = [seen[kind, what] / count for what in ("name", "code")]
        print(f"  {kind:40} {count:5}  {shares[0]:.3f}  {shares[1]:.3f}")
    total = Counter[str]()
    for (_, what), n in seen.items():
        total[what] += n
    shares = [total[what] / total["all"] for what in ("name", "code")]
    print(f"  {'all':40} {total['all']:5}  {shares[0]:.3f}  {shares[1]:.3f}")


def kind_of(participant: dict[str, str]) -> str:
    words = participant["text"]
    if words.casefold() in PRONOUNS:
        return "pronoun"
    named = participant["name"].split()[-1].casefold() in words.casefold()
    common = words.split()[-1][:1].islower()
    return "description" if common and not named else "name"


def matched(row, found, judge):  # type: ignore[no-untyped-def]
    """Pairs of gold and found events that agree as dyads, one to one."""
    place = judge.sentence_of(row["text"])
    pairs = sorted(
        (
            (judge.agree(g, e, True), i, j)
            for i, g in enumerate(row["events"])
            for j, e in enumerate(found)
            if place(g["trigger"]["start"]) == place(e["trigger"]["start"])
            and g["category"] == e["category"]
            and judge.agree(g, e, False)
        ),
        reverse=True,
    )
    left, right = set(), set()
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield row["events"][i], found[j]


if __name__ == "__main__":
    main()
