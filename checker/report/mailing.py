"""One gap list a company, ready to be mailed: nothing in it is another company's, neither name nor words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from checker.finding import Finding, Report
from checker.report.excel.gaps import render
from checker.wording import Wording
from frameworks.ground.output import save
from questionnaire.cells import squeeze
from questionnaire.schema import Schema

LONGEST = 40  # characters of a company's name in a file's name
_UNSAFE = re.compile(r"[^\w（）()-]+")


def file_name(company: str) -> str:
    """A name that every system takes and that two companies never share: the company's, and an id made from it."""
    safe = _UNSAFE.sub("_", company).strip("_. ")[:LONGEST] or "_"
    digest = hashlib.sha256(squeeze(company).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{safe}-{digest}.xlsx"


def own_words_only(report: Report, words: Wording) -> Report:
    """The report without the names of other companies."""
    return report.model_copy(
        update={
            "findings": tuple(_anonymous(found, words) for found in report.findings),
            "waived": tuple(
                pair.model_copy(update={"finding": _anonymous(pair.finding, words)}) for pair in report.waived
            ),
            "expired": tuple(
                pair.model_copy(update={"finding": _anonymous(pair.finding, words)})
                for pair in report.expired
            ),
            "unused": (),
        }
    )


def mail(folder: Path, report: Report, schema: Schema, words: Wording, inputs: Iterable[Path]) -> Path:
    """Writes one company's gap list."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(report.company)
    save(target, render([own_words_only(report, words)], lambda _: schema, words), inputs)
    return target


def _anonymous(finding: Finding, words: Wording) -> Finding:
    if "others" not in finding.params:
        return finding
    count = finding.params.get("count", len(finding.params["others"]))
    said = words.text("campaign", "another-company" if count == 1 else "other-companies", count=count)
    return finding.model_copy(update={"params": {**finding.params, "others": [said]}})
