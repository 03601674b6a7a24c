"""A delegation that the parent's own return does not cover.

Why: the group can only disclose what somebody reports; a reference that ends nowhere is a hole in its report.
Fires: （写"由中信戴卡统一管理"，而中信戴卡的填报中本题空白）
Silent: （中信戴卡的填报写明本题的安排适用于各子公司）
Source: DOMAIN, section on the ledger; HKEX ESG Reporting Code, reporting boundary.
"""

from collections.abc import Iterator

from checker.finding import Severity
from checker.rules.contract import NotApplicable, Outcome
from checker.rules.peers import Across, AcrossContext

ID = "delegation-unresolved"
SEVERITY = Severity.WARNING


def check(across: Across, context: AcrossContext) -> Iterator[Outcome]:
    """One finding a delegation that is open."""
    if not across.with_parent:
        yield NotApplicable("no-parent-return")
        return
    if not across.closed:
        yield NotApplicable("no-delegation")
    for row in across.closed:
        if row.closing.is_open:
            asks = [aspect.ask for aspect in across.schema.by_id[row.delegated.item].judged]
            yield context.finding(
                row.delegated.item,
                row.delegated.where,
                *row.delegated.quotes,
                variant=row.closing.value,
                asks=asks,
            )
