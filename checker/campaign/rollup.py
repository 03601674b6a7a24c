"""How every sub-group of a campaign stands: its companies together, level by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from checker.campaign.pages import Campaign
from checker.campaign.record import STATES
from checker.campaign.roster import Standing
from checker.finding import ItemState
from questionnaire.cells import squeeze

STATE_OF = {letter: state for state, letter in STATES.items()}
Gaps = tuple[int, int, int]


class GroupTotal(Struct, frozen=True):
    """A node of the tree with all below it; ``name`` is empty for the companies that hang on the holding alone."""

    name: str
    depth: int
    companies: int
    standings: Counter[Standing]
    states: Counter[ItemState]
    gaps: Gaps
    returned: int  # companies with something to be sent back


def roll_up(campaign: Campaign, gaps: Mapping[str, Gaps]) -> Iterator[GroupTotal]:
    """The sub-groups as they stand in the tree, then what hangs on the holding alone; nothing without a tree.

    Args:
        campaign: with a roster that is a tree.
        gaps: by company, what it has to mend: errors, warnings, notices.
    """
    if campaign.superiors is None:
        return
    tree = campaign.superiors.tree
    for key, depth in tree.walk():
        yield _total(tree.names[key], depth, set(tree.members(key)), campaign, gaps)
    alone = {key for key in tree.below.get("", ()) if key not in tree.below}
    alone |= {squeeze(entry.company) for entry in campaign.returns.entries} - tree.names.keys()
    if alone:
        yield _total("", 0, alone, campaign, gaps)


def _total(
    name: str, depth: int, members: set[str], campaign: Campaign, gaps: Mapping[str, Gaps]
) -> GroupTotal:
    standings = Counter(
        each.standing for each in campaign.standings if squeeze(each.listed.company) in members
    )
    states: Counter[ItemState] = Counter()
    sums, returned = [0, 0, 0], 0
    for entry in campaign.returns.entries:
        if squeeze(entry.company) in members:
            states.update(STATE_OF[letter] for letter in entry.head.states)
            own = gaps.get(entry.company, (0, 0, 0))
            sums = [total + count for total, count in zip(sums, own, strict=True)]
            returned += own[0] > 0
    return GroupTotal(
        name, depth, standings.total(), standings, states, (sums[0], sums[1], sums[2]), returned
    )
