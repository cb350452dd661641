"""Event tables → matplotlib figures for notebooks."""

from typing import Any

from kg.errors import UsageError

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


def timeline(table: Any, freq: str = "MS") -> Any:
    """Events per period, stacked by quad class.

    Args:
        table: What `kg.views.tables.frame` gives.
        freq: pandas offset alias of the periods: `MS` months, `YS` years, `W` weeks.

    Returns:
        A matplotlib figure. Undated events are not in it; its title says how many.

    Raises:
        UsageError: matplotlib is not installed; it comes with the extra `notebook`.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("plots need matplotlib: pip install geopolitical-kg[notebook]") from error
    dated = table.dropna(subset=["begin"]).drop_duplicates("id")
    counts = dated.groupby("quad").resample(freq, on="begin").size().unstack(0, fill_value=0)
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    axes = figure.subplots()
    bottom = 0 * counts.sum(axis=1)
    width = 0.8 * (counts.index.to_series().diff().min().days if len(counts) > 1 else 28)
    for quad in counts.columns:
        axes.bar(counts.index, counts[quad], bottom=bottom, width=width, label=QUADS.get(quad))
        bottom = bottom + counts[quad]
    undated = table["begin"].isna().sum()
    axes.set_title(f"{len(dated)} dated events ({undated} reports undated)")
    axes.set_ylabel("events")
    axes.legend(frameon=False)
    return figure
