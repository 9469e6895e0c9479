"""The editor's helpers that compare or ask: `learn` and `propose`.

Neither makes anything live: what they write has the status `proposed`,
shows as a proposal, and changes no word until an editor says `applied`.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml

from digest import assemble, decode, load, pipeline, turns
from digest.errors import BuildError, Problem
from digest.model import Document, Emendation
from digest.repair import learn, propose
from digest.repair.propose import Question, Refusal
from digest.rules import rules_for
from digest.text import Edit

TIMEOUT = 600  # seconds for all sentences of one text: a slow model takes a few a sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """What an outside program answered for one article, and where it was stored."""

    article: str
    questions: int
    kept: tuple[Emendation, ...]
    refused: tuple[Refusal, ...]
    path: str


def learnt(damaged: Path, original: Path) -> str:
    """Proposed emendations and candidate rule pairs, as YAML for `content/emendations/`.

    Raises OSError or NotText for files that cannot be read, ValueError for
    two texts that are not copies of one another.
    """
    ours = pipeline.read(decode.text_of(damaged.read_bytes())[0]).body.value
    theirs = pipeline.read(decode.text_of(original.read_bytes())[0], skip=("repair",)).body.value
    found = learn.lesson(ours, theirs, turns.protected(ours, rules_for()), original.name)
    if not found.emendations:
        raise ValueError(f"nothing to learn: the two texts share {found.alike:.0%} of their words")
    pairs = [f"#   {p.damaged!r} -> {p.original!r} ({p.times} times)" for p in found.pairs]
    head = [f"# {damaged.name} against {original.name}: {found.alike:.0%} of the words in common."]
    if pairs:
        head += [
            "# Candidates for rules (digest/rules/en/damage-*.yaml), to be looked at one by one:",
            *pairs,
        ]
    return "\n".join(head) + "\n" + _yaml(found.emendations)


def asked(root: Path, command: str, articles: Sequence[str] = ()) -> Iterator[Asked]:
    """Hands the doubtful sentences of each article to a program and stores what may be kept.

    The program gets one JSON line a sentence (`sentence`, `faults`) on
    standard input and answers each with one line of text. Raises BuildError
    when it fails or answers another number of lines.
    """
    content = load.content(root)
    known = {e.id for e in content.entries}
    if unknown := sorted(set(articles) - known):
        raise BuildError([Problem("propose", f"no article has the id `{u}`") for u in unknown])
    recurring = assemble.remembered(content)
    for entry in content.entries:
        if not articles or entry.id in articles:
            document = assemble.document_of(entry, content, recurring=recurring.get(entry.id, ()))
            yield _asked(root, entry.id, document, command)


def _asked(root: Path, article: str, document: Document, command: str) -> Asked:
    text = document.body.value
    asked = propose.questions(text, list(_open(document)))
    program = PurePath(shlex.split(command)[0]).name
    results = [
        propose.proposal(text, q, a, program, turns.protected(text, rules_for()))
        for q, a in zip(asked, _answers(command, asked), strict=True)
    ]
    kept = tuple(r for r in results if isinstance(r, Emendation))
    refused = tuple(r for r in results if isinstance(r, Refusal))
    path = root / "content" / "emendations" / f"{article}.{program}.yaml"
    if kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Proposed by {program}; nothing here is applied.\n" + _yaml(kept), "utf-8")
    return Asked(article, len(asked), kept, refused, path.relative_to(root).as_posix() if kept else "")


def _open(document: Document) -> Iterator[Edit]:
    for e in document.body.raw_edits():
        if e.layer == "repair" and e.edit.status != "applied" and e.start >= 0:
            yield Edit(
                e.start, e.end, e.new, e.edit.kind, e.edit.cls, e.edit.rule, e.edit.why, status="flagged"
            )


def _answers(command: str, questions: Sequence[Question]) -> list[str]:
    if not questions:
        return []
    lines = [json.dumps({"sentence": q.sentence, "faults": q.faults}, ensure_ascii=False) for q in questions]
    try:
        done = subprocess.run(
            shlex.split(command),
            input="\n".join(lines) + "\n",
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as e:
        raise BuildError([Problem("propose", f"`{command}`: {e}")]) from e
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise BuildError([Problem("propose", f"`{command}` ended with status {done.returncode}: {last}")])
    answers = done.stdout.splitlines()
    if len(answers) != len(questions):
        message = f"`{command}` answered {len(answers)} lines to {len(questions)} sentences"
        raise BuildError([Problem("propose", message)])
    return answers


def _yaml(emendations: Sequence[Emendation]) -> str:
    rows: list[dict[str, Any]] = []
    for e in emendations:
        row = {
            "exact": e.target.exact,
            "prefix": e.target.prefix,
            "suffix": e.target.suffix,
            "action": e.action,
            "text": e.text,
            "why": e.why,
            "witness": e.witness,
            "by": e.by,
            "status": "proposed",
            "cert": e.cert,
        }
        rows.append({k: v for k, v in row.items() if v})
    dumped: str = yaml.safe_dump({"emendations": rows}, allow_unicode=True, sort_keys=False, width=110)
    return dumped
