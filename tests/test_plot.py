"""Where the figures of a plot stand on its logarithmic axis."""

from digest.model import Figure
from digest.views.page import FactCard, FigureCard, Link
from digest.views.plot import EDGE, MOST, plots

NOTHING = FactCard("", "unknown")


def card(low: str, high: str, unit: str = "USD", **more: object) -> FigureCard:
    item = Figure(0, 1, "x", low, high, "test", unit=unit)
    return FigureCard(
        f"f{low}-{high}", item.text, "f/x/", "", low, high, unit, "", "=", False, "", "", Link(""), "fact", "", False,
        "high", Link(""), NOTHING, NOTHING, ("", "x", ""), **more,
    )  # type: ignore[arg-type]  # fmt: skip


def test_a_decade_is_as_wide_everywhere() -> None:
    (plot,) = plots([card(v, v) for v in ("1", "10", "100", "10000")])
    a, b, c, d = (p.x for p in plot.points)
    assert (a, d) == (EDGE, 100 - EDGE)
    assert abs((b - a) - (c - b)) < 0.02 and abs((d - c) - 2 * (b - a)) < 0.03


def test_a_range_is_a_bar_and_an_open_end_an_arrow() -> None:
    (plot,) = plots([card("10", "100"), card("20", ""), card("", "50"), card("70", "70")])
    by = {p.x: p for p in plot.points}
    assert [p.x2 > p.x for p in plot.points] == [True, False, False, False]
    assert sorted(p.arrow for p in by.values()) == ["", "", "<", ">"]


def test_one_unit_has_one_axis_and_one_figure_none() -> None:
    made = plots(
        [card("1", "1"), card("2", "2"), card("5", "5", "EUR"), card("6", "6", "EUR"), card("7", "7", "kg")]
    )
    assert [p.unit for p in made] == ["EUR", "USD"]
    assert not plots([card("0", "0"), card("-5", "-5")])


def test_ticks_are_few_and_short_axes_have_steps_between() -> None:
    (wide,) = plots([card("1", "1"), card("1" + "0" * 300, "1" + "0" * 300)])
    assert len(wide.ticks) <= 7
    (narrow,) = plots([card("1", "1"), card("2", "2")])
    assert [t.value for t in narrow.ticks] == ["1", "2", "5", "10"]


def test_a_long_plot_says_how_many_it_leaves_out() -> None:
    (plot,) = plots([card(str(i), str(i)) for i in range(1, MOST + 6)])
    assert len(plot.points) == MOST and plot.left_out == 5
