"""The report as one self-contained page: nothing fetched, everything from a return escaped.

Its one script filters; the page names it by its hash, so that no other script in it would run.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.resources import files

from checker.finding import ItemState, Report, Severity
from checker.report.excel.gaps import WAIVER_COLUMNS
from checker.report.excel.style import SEVERITY_FILL, SEVERITY_TEXT, STATE_FILL, STATE_LINE
from checker.report.folding import shorten
from checker.report.rows import FIRST, Audience
from checker.report.view import build_view
from checker.wording import Wording
from questionnaire.provenance import MARK
from questionnaire.schema import Schema


def render(
    reports: Sequence[Report],
    schema_of: Callable[[str], Schema],
    words: Wording,
    *,
    audience: Audience = Audience.OFFICE,
) -> bytes:
    """One page for one or more reports."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    package = files("checker.report")
    source = package.joinpath("page.html.jinja").read_text(encoding="utf-8")
    script = package.joinpath("page.js").read_text(encoding="utf-8")
    views = [build_view(report, schema_of(report.questionnaire), words, audience) for report in reports]
    lines = [line for view in views for group in view.groups for line in group.lines]
    page = environment.from_string(source).render(
        views=views,
        parts=list(dict.fromkeys(line.part or line.label for line in lines)),
        rules=list(dict.fromkeys((line.rule, line.title) for line in lines)),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        ten=FIRST,
        shorten=shorten,
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
