"""What the company says about itself is missing, cannot be read, or contradicts the questionnaire.

Fires: （公司名称空白；报告年度写 2019，问卷是 2024 年度的；员工总数写"很多人"；员工总数 310，答案里写 300 人）
Silent: （公司信息逐项填写；文字报告没有公司信息表）
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.finding import Finding, Severity
from checker.reading.answers import ReturnReading
from checker.reading.key_figures import parse_number
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.text.ground.quantities import find_quantities
from checker.text.readers.figures.staff import find_staff
from questionnaire.schema import Edition, ProfileField

ID = "profile-doubtful"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.ERROR

NEEDED = ("company", "year")  # without these nobody knows whose return it is
FREE = ("preface",)  # may be left out
EDITION = "questionnaire"  # the id of the edition, which the template writes itself
EMPLOYEES = "employees"
NEAR = Decimal("1.5")  # times; guessed: further apart, one of two numbers of staff is of a part


def check(whole: ReturnReading, context: ReturnContext) -> Iterator[Outcome]:
    """What is needed first, then what is written and cannot be; blanks that hurt less are one notice."""
    source, edition = whole.source, whole.schema.edition
    given = {**dict(source.profile.values), "company": source.company}
    if source.year is not None:
        given["year"] = str(source.year)
    asked = [field for field in edition.profile if field.id not in (*NEEDED, *FREE)]
    is_form = EDITION in given or any(given.get(field.id) for field in asked)
    lacking = [field.label for field in edition.profile if field.id in NEEDED and not given.get(field.id)]
    if not is_form and not lacking:
        yield NotApplicable("no-profile")
    elif lacking:
        severity = Severity.ERROR if is_form or not source.company else Severity.WARNING
        yield context.finding(None, variant="needed", severity=severity, lacking=lacking)
    yield from _year(edition, given, source.year, context)
    for field in asked:
        if given.get(field.id) and (found := _value(field, given[field.id], whole, context)):
            yield found
    if is_form and (blank := [field.label for field in asked if not given.get(field.id)]):
        variant = "blank" if any(field.flag for field in asked) else "blank-plain"
        yield context.finding(None, variant=variant, severity=Severity.NOTICE, lacking=blank)


def _year(
    edition: Edition, given: Mapping[str, str], year: int | None, context: ReturnContext
) -> Iterator[Finding]:
    """A year that cannot be read, or that is not the questionnaire's; a later one may lack its edition yet."""
    if year is None:
        if written := given.get("year"):
            yield context.finding(None, written, variant="year-unread", value=written, asked=edition.year)
    elif year != edition.year:
        sure = (
            year < edition.year or given.get(EDITION) == edition.id
        )  # of a later year the edition may not be out
        severity = Severity.ERROR if sure else Severity.WARNING
        yield context.finding(
            None, str(year), variant="year-other", severity=severity, year=year, asked=edition.year
        )


def _value(field: ProfileField, value: str, whole: ReturnReading, context: ReturnContext) -> Finding | None:
    """A head count without a number, a yes or no that is neither, a kind that is not offered."""
    if field.id == EMPLOYEES:
        if _counts(value):
            return _other_staff(value, whole, context)
        return context.finding(None, value, variant="employees", value=value)
    if field.flag is not None:
        known = whole.source.profile.flag(field.flag) is not None
    else:
        known = not field.choices or value in field.choices
    if known:
        return None
    return context.finding(
        None, value, variant="choice", severity=Severity.WARNING, label=field.label, value=value,
        choices=list(field.choices),
    )  # fmt: skip


def _other_staff(value: str, whole: ReturnReading, context: ReturnContext) -> Finding | None:
    """An answer that gives another number of all who work there, as its total."""
    number = parse_number(value)
    if number is None:
        return None
    for reading in whole.items:
        told = [each.number for each in find_staff(reading.text) if not each.women]
        for other in told:
            low, high = sorted((Decimal(other), number.value))
            if low < high <= low * NEAR and number.value not in told:
                return context.finding(
                    reading, str(other), variant="employees-other", severity=Severity.WARNING,
                    value=value, other=other,
                )  # fmt: skip
    return None


def _counts(value: str) -> bool:
    """Whether a head count holds a number that heads can have."""
    number = parse_number(value)
    if number is not None:
        return number.value > 0
    return any(each.exact != "vague" for each in find_quantities(value)) or any(map(str.isdigit, value))
