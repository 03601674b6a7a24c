"""A delegation that the parent's own return does not cover.

Fires: （写"由中信戴卡统一管理"，而中信戴卡的填报中本题空白）
Silent: （中信戴卡的填报写明本题的安排适用于各子公司）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.rules.contract import Context, ItemPlace, NotApplicable, Outcome, Scope
from checker.rules.peers import Peers

ID = "delegation-unresolved"
SCOPE: Final = Scope.CAMPAIGN
SEVERITY = Severity.WARNING


def check(peers: Peers, context: Context) -> Iterator[Outcome]:
    """One finding a delegation that is open."""
    if not peers.with_parent:
        yield NotApplicable("no-parent-return")
        return
    if not peers.ledger:
        yield NotApplicable("no-delegation")
    for row in peers.ledger:
        if row.closing.is_open:
            asks = [aspect.ask for aspect in peers.schema.by_id[row.delegated.item].judged]
            yield context.finding(
                ItemPlace(row.delegated.item, row.delegated.where),
                *row.delegated.quotes,
                variant=row.closing.value,
                asks=asks,
            )
