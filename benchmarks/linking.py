"""Scores of the linking stage: judged pairs, the seeds' clusters, and how time and memory grow.

    python benchmarks/linking.py [--no-growth] [--sizes 100,1000,10000] [--write]

BENCH names the folder of the shared bench (default ../shared/bench beside
the repository). With --write the section "Linking" of RESULTS.md is replaced.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import astuple, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import report  # noqa: E402
from digest.lines import Lines  # noqa: E402
from digest.link import linked  # noqa: E402
from digest.link.clusters import again, likeness  # noqa: E402
from digest.link.collation import Collation, Tried  # noqa: E402
from digest.link.contrast import apart  # noqa: E402
from digest.link.facts import facts  # noqa: E402
from digest.link.originals import Originals  # noqa: E402
from digest.link.site import Records, text_of  # noqa: E402
from digest.link.speakers import name_of, same  # noqa: E402
from digest.link.units import Text  # noqa: E402
from digest.link.words import Weights, tokens  # noqa: E402
from digest.model import Block, Figure, Indirect, Mention, Quote  # noqa: E402
from digest.site import Article, Fact, Noted, Settings, Shown, Site  # noqa: E402

BENCH = Path(os.environ.get("BENCH", ROOT.parent / "shared" / "bench"))
GOLD = BENCH.parent / "gold" / "seeds-quotes.json"
SPEECH = ("direct", "partial", "block", "broken")


# Judged pairs


def pairs() -> list[dict]:
    with gzip.open(BENCH / "quotes" / "polnear_pairs.jsonl.gz", "rt") as f:
        return [r for r in map(json.loads, f) if r["label"] != "U"]


def stems(text: str) -> list[str]:
    return [t.stem for t in tokens(text)]


def site_weights() -> Weights:
    def texts() -> Iterator[list[str]]:
        for name in ("dev", "train"):
            with gzip.open(BENCH / "quotes" / f"polnear_{name}.jsonl.gz", "rt") as f:
                yield from (stems(json.loads(line)["text"]) for line in f)

    return Weights(texts())


def pair_scores(weights: Weights, errors: bool = False) -> tuple[float, int, int, int]:
    """F1, true and false positives, misses."""
    tp = fp = fn = 0
    for r in pairs():
        who = same(name_of(r["speaker_a"]), name_of(r["speaker_b"]))
        left, right = stems(r["a"]), stems(r["b"])
        found = bool(again(left, right, who, weights)) and not apart(r["a"], r["b"], left, right)
        tp += found and r["label"] == 1
        fp += found and r["label"] == 0
        fn += not found and r["label"] == 1
        if errors and found != (r["label"] == 1):
            alike = likeness(left, right, weights)
            print("false" if found else "missed", who, [round(x, 2) for x in alike], r["a"], "|", r["b"])
    return 2 * tp / (2 * tp + fp + fn), tp, fp, fn


def jaccard_score() -> float:
    """The best F1 that plain Jaccard of stems reaches on the pairs, whatever its threshold."""
    scored = []
    for r in pairs():
        a, b = set(stems(r["a"])), set(stems(r["b"]))
        scored.append((len(a & b) / len(a | b), r["label"]))
    best = 0.0
    for cut, _ in scored:
        tp = sum(s >= cut and y for s, y in scored)
        wrong = sum((s >= cut) != bool(y) for s, y in scored)
        best = max(best, 2 * tp / (2 * tp + wrong))
    return best


# The seeds, with the quotes of the gold


def gold_site() -> tuple[Site, dict[str, str]]:
    """The seeds as the gold annotates them, linked; and the gold cluster of each quote."""
    gold = json.loads(GOLD.read_text("utf-8"))
    cluster: dict[str, str] = {}
    articles = []
    for n, path in enumerate(sorted((ROOT / "seeds").glob("*.txt"))):
        with path.open(encoding="utf-8", newline="") as f:
            text = f.read()
        noted = []
        for q in gold["quotes"]:
            if q["seed"] == path.name and q["kind"] in SPEECH:
                item = Quote(q["start"], q["end"], q["text"], q["kind"], "gold", speaker=q["speaker"])
                page = f"{path.name[:3]}-{q['start']}"
                noted.append(Noted(f"n{q['start']}", page, item, ""))
                cluster[page] = q["cluster"] or ""
        told = tuple(
            Indirect(i["start"], i["end"], i["text"], "gold", i["speaker"])
            for i in gold["indirect_links"]
            if i["seed"] == path.name
        )
        shown = Shown("full", text, quotes=tuple(noted), indirect=told)
        added = datetime(2026, 1, 1 + n, tzinfo=UTC)
        articles.append(Article(path.name[:3], path.name, "editor", shown, added=added))
    return linked(Settings("gold"), articles, Records()), cluster


def gold_of(label: str, ordinal: int) -> str:
    """The utterance that the gold sees in the N-th sentence of a quote: "LECUN-3+4+5" has one each."""
    if "+" not in label:
        return label
    stem, _, numbers = label.partition("-")
    every = numbers.split("+")
    return f"{stem}-{every[ordinal - 1]}" if ordinal <= len(every) else ""


def post_line(text: str) -> str:
    """Which sentence of the whole post a line of its only full witness is: by order (gold: LECUN-1..6)."""
    order = {2: "LECUN-1", 5: "LECUN-2", 6: "LECUN-3", 7: "LECUN-4", 8: "LECUN-5", 9: "LECUN-6"}
    return order.get(int(text), "")


def gold_pairs(site: Site, cluster: dict[str, str]) -> tuple[set, set]:
    """Pairs of sentences in one utterance, found and wanted."""
    label: dict[str, str] = {}
    for a in site.articles:
        for s in facts(a.shown, a.id).spoken:
            n = int(s.id.rsplit("-", 1)[1]) if s.id != s.quote else 1
            own = cluster.get(s.quote, "")
            label[s.id] = post_line(str(n)) if own == "LECUN-POST" else gold_of(own, n)
    same_words = ("LECUN-", "GREEN-", "ANDREESSEN-")
    by: dict[str, list[str]] = {}
    for unit, name in label.items():
        if name.startswith(same_words):
            by.setdefault(name, []).append(unit)
    wanted = {(a, b) for u in by.values() for a in u for b in u if a < b}
    found = set()
    for u in site.utterances:
        ids = sorted(m.id for m in u.members if m.via != "reported")
        found |= {(a, b) for a in ids for b in ids if a < b}
    return found, wanted


def statement_hits(site: Site, cluster: dict[str, str]) -> tuple[int, int, list[str]]:
    """Gold statements of two or more quotes whose quotes all stand in one Statement."""
    by: dict[str, set[str]] = {}
    for quote, name in cluster.items():
        if name:
            by.setdefault("LECUN" if name.startswith("LECUN") else name, set()).add(quote)
    wanted = {n: q for n, q in by.items() if len(q) > 1}
    got = [n for n, q in wanted.items() if any(q <= set(s.quotes) for s in site.statements)]
    return len(got), len(wanted), sorted(set(wanted) - set(got))


# Lineages among independent reports


def press_lineages(errors: bool) -> tuple[int, int, int]:
    """Texts of seven US outlets; edges that are copies (ten or more sentences word for word), and all others."""
    texts = []
    for name in ("dev", "train"):
        with gzip.open(BENCH / "quotes" / f"polnear_{name}.jsonl.gz", "rt") as f:
            texts += [json.loads(line) for line in f]
    articles = []
    for r in texts:
        noted = tuple(
            Noted(
                f"n{q['start']}",
                f"{r['id']}-{q['start']}",
                Quote(q["start"], q["end"], "", "direct", "gold"),
                "",
            )
            for q in r["quotes"]
        )
        day = re.search(r"\d{4}-\d\d-\d\d", r["id"])
        date = Fact(day[0], "stated") if day else Fact()
        articles.append(
            Article(r["id"], r["id"], "editor", Shown("full", r["text"], quotes=noted), date=date)
        )
    held = {a.id: text_of(a) for a in articles}
    weights = Weights(chain.from_iterable(line.stems for line in x.facts.lines) for x in held.values())
    originals = Originals(weights, ())
    originals.update(held, (), list(held.values()), frozenset())
    edges = originals.found.edges
    copies = [
        e
        for e in edges
        if any(
            w.split()[0].isdigit() and int(w.split()[0]) >= 10 and "word for word" in w for w in e.evidence
        )
    ]
    if errors:
        for e in edges:
            print("copy" if e in copies else "other", e.a, e.b, e.kind, e.cert, e.score, e.evidence[:2])
    return len(texts), len(copies), len(edges) - len(copies)


# Growth


WORDS = 30_000
CHANGES = 5  # texts that are changed one by one


def vocabulary(chance: random.Random) -> list[str]:
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    made: dict[str, None] = {}
    while len(made) < WORDS:
        made["".join(chance.choice(syllables) for _ in range(chance.randint(2, 4)))] = None
    return list(made)


def generated(size: int) -> Iterator[Article]:
    """Articles as a news site would have them: stories told by several outlets, quotes shared by some.

    Each story has about five articles; every article has 40 sentences and 10
    quotes, half of them shared with others of its story, a few word for word
    in many stories, and a report of a quote. Words follow Zipf's law.
    """
    chance = random.Random(1)
    words = vocabulary(chance)
    heights = list(accumulate(1 / (k + 8) for k in range(WORDS)))

    def sentence(low: int = 8, high: int = 26) -> str:
        got = chance.choices(words, cum_weights=heights, k=chance.randint(low, high))
        return " ".join(got).capitalize() + "."

    def varied(text: str) -> str:
        got = text.split()
        for _ in range(chance.randint(0, 2)):
            got[chance.randrange(len(got))] = chance.choice(words)
        return " ".join(got)

    slogans = [(sentence(), f"Ada {words[k].capitalize()}") for k in range(20)]
    made = 0
    while made < size:
        people = [
            f"{chance.choice(words).capitalize()} {chance.choice(words).capitalize()}" for _ in range(4)
        ]
        firms = [chance.choice(words).capitalize() for _ in range(3)]
        said = [(sentence(), chance.choice(people)) for _ in range(8)]
        said.append(chance.choice(slogans))
        numbers = [(str(chance.randint(1, 999) * 10**6), chance.choice(firms)) for _ in range(4)]
        for _ in range(min(size - made, chance.randint(1, 9))):
            yield _article(made, chance, sentence, varied, people, firms, said, numbers)
            made += 1


def _article(n, chance, sentence, varied, people, firms, said, numbers) -> Article:
    name = f"{n:05x}"
    pieces: list[str] = []
    quotes, mentions, figures, blocks = [], [], [], []
    size = 0

    def put(text: str) -> int:
        nonlocal size
        start = size
        pieces.append(text + "\n")
        size += len(text) + 1
        blocks.append(Block("paragraph", start, start + len(text)))
        return start

    for k in range(30):
        start = put(sentence())
        if k % 2:
            firm = chance.choice(firms)
            start = put(f"{firm} {sentence()}")
            mentions.append(Mention(start, start + len(firm), firm, "organisation", firm.lower()))
    for text, who in chance.sample(said, 5) + [(sentence(), chance.choice(people)) for _ in range(5)]:
        text = varied(text) if chance.random() < 0.5 else text
        start = put(f"“{text}” said {who}.")
        item = Quote(start + 1, start + 1 + len(text), text, "direct", "made", speaker=who, speaker_full=who)
        quotes.append(Noted(f"n{start}", f"q{name}{start}", item, f"“{text}” said {who}."))
        where = start + len(text) + 8
        mentions.append(Mention(where, where + len(who), who, "person", who.lower().replace(" ", "-")))
    text, who = chance.choice(said)
    start = put(f"{who} said {text}")
    told = Indirect(
        start + len(who) + 6, start + len(who) + 6 + len(text), text, "made", who, speaker_full=who
    )
    for value, firm in chance.sample(numbers, 2):
        start = put(f"{firm} spent ${value}.")
        item = Figure(start + len(firm) + 7, start + len(firm) + 8 + len(value), f"${value}", value, value, "made",
                      unit="USD", subject=f"{firm} spending", key=True)  # fmt: skip
        figures.append(Noted(f"f{start}", f"f{name}{start}", item, f"{firm} spent ${value}."))
    shown = Shown("full", "".join(pieces), headline=sentence(4, 8), quotes=tuple(quotes),
                  mentions=tuple(sorted(mentions, key=lambda m: m.start)), figures=tuple(figures),
                  indirect=(told,), blocks=tuple(blocks))  # fmt: skip
    added = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
    return Article(
        name, shown.headline, "stated", shown, added=added, outlet=Fact(f"Outlet {n % 40}", "stated")
    )


def megabytes() -> float:
    """What this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def facts_cost(size: int = 200) -> float:
    """CPU milliseconds that the facts of one generated text take; a build makes them with the reading of a text."""
    articles = list(generated(size))
    for a in articles:  # stems are made once for all texts
        text_of(a)
    start = time.process_time()
    for a in articles:
        text_of(a)
    return 1000 * (time.process_time() - start) / size


def grow(size: int) -> None:
    """Links `size` generated texts from their facts in this process, then changes a few, one by one.

    Prints CPU seconds, megabytes, what was found, and what one changed text costs.
    """
    texts = [text_of(a) for a in generated(size)]
    chance = random.Random(2)
    gc.collect()
    gc.freeze()  # what was read is not garbage; without it a tenth to a fifth more
    before = megabytes()
    held = Collation()
    start = time.process_time()
    found = held.update(texts)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole = held.tried
    start = time.process_time()
    for text in chance.sample(texts, CHANGES):
        held.update([corrected(text)])
    each = (time.process_time() - start) / CHANGES
    spent = [round((y - x) / CHANGES) for x, y in zip(astuple(whole), astuple(held.tried), strict=True)]
    row = [size, round(took, 2), round(megabytes() - before), round(peak), len(found.utterances),
           len(found.groups), len(found.conflicts), round(each, 3), round(each / took, 3)]  # fmt: skip
    print(json.dumps([row, astuple(whole), spent]))


def corrected(text: Text) -> Text:
    """The text without its fourth sentence and its first quoted one: what an editor's correction may do."""
    f = text.facts
    return text._replace(facts=replace(f, lines=Lines((*f.lines[:3], *f.lines[4:])), spoken=f.spoken[1:]))


def growth(sizes: list[int]) -> list[list]:
    """What `grow` prints, a process for each size."""
    out = []
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--grow", str(size)], capture_output=True, text=True, check=True
        )
        out.append(json.loads(done.stdout))
        print(out[-1], flush=True)
    return out


def growth_table(rows: list[list]) -> list[str]:
    """Markdown: the cost of all texts by their number, and of one that changed."""
    heads = (
        "articles",
        "CPU s",
        "ms each",
        "MB for linking",
        "MB in all",
        "utterances",
        "figure groups",
        "conflicts",
    )
    out = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for (size, took, held, peak, *found), _, _ in rows:
        cells = (f"{size:,}", took, round(1000 * took / size, 2), held, peak, *found[:3])
        out.append("| " + " | ".join(map(str, cells)) + " |")
    names = [f.name for f in fields(Tried)]
    out += ["", "What is compared when all texts come, and when one of them changes:", "",
            "| articles | | s | of all | " + " | ".join(names) + " |", "|---" * (4 + len(names)) + "|"]  # fmt: skip
    for row, whole, spent in rows:
        out.append(f"| {row[0]:,} | all | {row[1]} | 1 | " + " | ".join(f"{n:,}" for n in whole) + " |")
        out.append(f"| | one | {row[7]} | {row[8]} | " + " | ".join(f"{n:,}" for n in spent) + " |")
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--grow", type=int)
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument(
        "--rows", type=Path, help="rows that --grow printed before, one a line, instead of --sizes"
    )
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.grow:
        grow(given.grow)
        return
    lines = []
    for name, weights in (("the words of 923 articles", site_weights()), ("the word lists alone", Weights())):
        f1, tp, fp, fn = pair_scores(weights, given.errors)
        lines.append(
            f"- 127 judged pairs, weights from {name}: F1 {f1:.3f} ({tp} found, {fp} false, {fn} missed); bar .84"
        )
    lines.append(f"- plain Jaccard of stems at its best threshold, same pairs: F1 {jaccard_score():.3f}")
    if GOLD.exists():
        site, cluster = gold_site()
        found, wanted = gold_pairs(site, cluster)
        f1 = 2 * len(found & wanted) / (len(found) + len(wanted))
        lines.append(f"- seeds with gold quotes, pairs of sentences: F1 {f1:.3f}, {len(found - wanted)} false, "
                     f"{len(wanted - found)} missed; bar .94")  # fmt: skip
        got, every, lost = statement_hits(site, cluster)
        lines.append(f"- seeds, statements whole: {got} of {every} {lost or ''}")
    size, copies, others = press_lineages(given.errors)
    lines.append(f"- lineages among {size} US news articles: {copies} copies found (7 known), {others} other edges "
                 f"(of {size * (size - 1) // 2:,} pairs)")  # fmt: skip
    if not given.no_growth:
        text = given.rows.read_text().split("\n") if given.rows else []
        rows = [json.loads(r) for r in text if r] or growth([int(n) for n in given.sizes.split(",")])
        lines += [
            "",
            f"Facts of one generated text: {facts_cost():.1f} ms, not counted below.",
            "",
            *growth_table(rows),
        ]
    print("\n".join(lines))
    if given.write:
        report.write("Linking", "benchmarks/linking.py", lines)


if __name__ == "__main__":
    main()
