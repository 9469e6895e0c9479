"""Arithmetic that an editor writes down: names of figures, whole numbers, + - * / and brackets."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, DecimalException

OPERATORS: Mapping[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
LONGEST = 200  # characters; keeps the parser's own depth limit out of reach


def worked_out(expression: str, values: Mapping[str, Decimal]) -> Decimal:
    """The value of an expression. ValueError, in words, for anything but simple arithmetic.

    >>> worked_out("(a + b) / 2", {"a": Decimal(60), "b": Decimal(65)})
    Decimal('62.5')
    """

    def of(node: ast.expr) -> Decimal:
        """The value of one node of the sum; ValueError for anything but plain arithmetic."""
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](of(node.left), of(node.right))
        if isinstance(node, ast.Name) and node.id in values:
            return values[node.id]
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return Decimal(node.value)
        raise ValueError(f"not simple arithmetic with the figures' names: {expression}")

    if len(expression) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters: {expression[:40]}…")
    try:
        return of(ast.parse(expression, mode="eval").body)
    except (SyntaxError, DecimalException) as e:
        raise ValueError(f"cannot be worked out: {expression}") from e


def rounds_to(value: Decimal, shown: str) -> bool:
    """Whether `value`, rounded to the last digit of `shown`, is `shown`."""
    wanted = Decimal(shown)
    try:
        return value.quantize(wanted, ROUND_HALF_UP) == wanted
    except DecimalException:
        return False
