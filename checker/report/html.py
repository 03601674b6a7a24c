"""The report as one self-contained page: no script, nothing fetched, everything from a return escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

from checker.finding import ItemState, Report, Severity
from checker.report.excel.gaps import WAIVER_COLUMNS
from checker.report.excel.style import SEVERITY_FILL, SEVERITY_TEXT, STATE_FILL, STATE_LINE
from checker.report.view import build_view
from checker.wording import Wording
from questionnaire.provenance import MARK
from questionnaire.schema import Schema


def render(reports: Sequence[Report], schema_of: Callable[[str], Schema], words: Wording) -> bytes:
    """One page for one or more reports."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = files("checker.report").joinpath("page.html.jinja").read_text(encoding="utf-8")
    page = environment.from_string(source).render(
        views=[build_view(report, schema_of(report.questionnaire), words) for report in reports],
        words=words,
        mark=MARK,
        say=lambda key, **params: words.text("report", key, **params),
        severities=list(Severity),
        states=list(ItemState),
        severity_fill=SEVERITY_FILL,
        severity_text=SEVERITY_TEXT,
        state_fill=STATE_FILL,
        state_line=STATE_LINE,
        waiver_columns=[key for key, _ in WAIVER_COLUMNS],
    )
    return page.encode("utf-8", "replace")
