"""Sentences handed to an outside program, and what of its answers may be kept.

Pure: the command runs the program. A build never does; an answer is stored
as `proposed` under the program's name and changes nothing until an editor
takes it over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest.model import Emendation
from digest.repair.learn import target
from digest.sentences import sentences
from digest.text import Edit, Span

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MARK = re.compile(r"[“”„«»‹›\"]")
NAME = re.compile(r"(?<!^)(?<![.!?:“\"] )\b[A-Z][\w’&-]+")
NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|hardly|\w+n[’']t)\b", re.I
)
LONGER = 1.6  # an answer this much longer or shorter is no repair of the sentence


@dataclass(frozen=True, slots=True)
class Question:
    """A damaged sentence, where it stands, and what was flagged in it."""

    start: int
    end: int
    sentence: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that may not be kept, and why."""

    question: Question
    answer: str
    why: str


def questions(text: str, made: Iterable[Edit]) -> tuple[Question, ...]:
    """The sentences of `text` in which the repair stage flagged or proposed something, in order.

    `made` are that stage's edits in the coordinates of `text`.
    """
    open_ = [e for e in made if e.status != "applied"]
    out: list[Question] = []
    for start, end in sentences(text):
        faults = [f"{text[e.start : e.end]}: {e.why}" for e in open_ if start <= e.start < end]
        if faults:
            out.append(Question(start, end, text[start:end], tuple(faults)))
    return tuple(out)


def proposal(
    text: str, question: Question, answer: str, program: str, protected: Sequence[Span] = ()
) -> Emendation | Refusal | None:
    """The answer as an emendation with status `proposed`, a refusal, or None when nothing was changed.

    Refused: another set of digits, names, negations or quotation marks, other
    words in a quotation, or a text that is no repair of the sentence any more.
    """
    answer = " ".join(answer.split())
    if answer == question.sentence:
        return None
    why = next(_objections(text, question, answer, protected), "")
    if why:
        return Refusal(question, answer, why)
    return Emendation(
        target(text, Span(question.start, question.end)),
        "emend",
        "; ".join(question.faults),
        text=answer,
        by=program,
        status="proposed",
        cert="low",
    )


def _objections(text: str, question: Question, answer: str, protected: Sequence[Span]) -> Iterator[str]:
    was = question.sentence
    if not answer or not 1 / LONGER < len(answer) / max(1, len(was)) < LONGER:
        yield "the answer is no repair of this sentence"
    for what, pattern in (("digits", NUMBER), ("names", NAME), ("quotation marks", MARK)):
        if Counter(pattern.findall(was)) != Counter(pattern.findall(answer)):
            yield f"the answer changes {what}"
    if len(NEGATION.findall(was)) != len(NEGATION.findall(answer)):
        yield "the answer changes a negation"
    for p in protected:
        quoted = text[max(p.start, question.start) : min(p.end, question.end)]
        if p.start < question.end and question.start < p.end and quoted not in answer:
            yield "the answer changes words in a quotation"
