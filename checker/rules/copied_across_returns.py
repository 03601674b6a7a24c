"""The same passage in two companies' returns.

Why: two plants do not have the same year; a text copied from a sister company was not verified here.
Fires: （两家公司的同一段话，只换了名称和年份）
Silent: （各公司都写的套话、问卷自己的话、文件名称）
Source: DOMAIN rule catalogue; near-copy detection by sampled shingles and containment (Broder 1997).
"""

from collections.abc import Iterator

from checker.finding import Severity
from checker.rules.contract import NotApplicable, Outcome
from checker.rules.peers import Across, AcrossContext

ID = "copied-across-returns"
SEVERITY = Severity.WARNING

NAMED = 5  # companies that one finding names


def check(across: Across, context: AcrossContext) -> Iterator[Outcome]:
    """One finding a shared passage."""
    if not across.peers:
        yield NotApplicable("nothing-to-compare")
    for shared in across.shared:
        yield context.finding(
            shared.item,
            shared.where,
            *shared.quotes[:3],
            variant="figures-differ" if shared.figures_differ else "",
            others=list(shared.others[:NAMED]),
            count=len(shared.others),
            share=shared.share,
        )
