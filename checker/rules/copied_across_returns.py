"""The same passage in two companies' returns.

Fires: （两家公司的同一段话，只换了名称和年份）
Silent: （各公司都写的套话、问卷自己的话、文件名称）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.rules.contract import Context, ItemPlace, NotApplicable, Outcome, Scope
from checker.rules.peers import Peers

ID = "copied-across-returns"
SCOPE: Final = Scope.CAMPAIGN
SEVERITY = Severity.WARNING

NAMED = 5  # companies that one finding names


def check(peers: Peers, context: Context) -> Iterator[Outcome]:
    """One finding a shared passage."""
    if not peers.others:
        yield NotApplicable("nothing-to-compare")
    for shared in peers.passages:
        yield context.finding(
            ItemPlace(shared.item, shared.where),
            *shared.quotes[:3],
            variant="figures-differ" if shared.figures_differ else "",
            others=list(shared.others[:NAMED]),
            count=len(shared.others),
            share=shared.share,
        )
