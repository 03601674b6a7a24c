"""A department of the group that an answer names is told where the question asks for one."""

from __future__ import annotations

import pytest

from checker.finding import AspectState
from checker.reading.aspects import AspectReading
from checker.reading.providers import named
from checker.text.ground.agents import Agents
from checker.text.readers.reliance.delegation import read_delegation
from questionnaire.schema import Aspect


@pytest.mark.parametrize(
    ("who", "ask", "state"),
    [
        ("集团工会", "受理部门", AspectState.DISCLOSED),
        ("集团纪委", "受理机构", AspectState.DISCLOSED),
        ("集团", "受理部门", AspectState.MISSING),  # which one is not told
        ("集团工会", "调查部门", AspectState.MISSING),  # who investigates is not told
        ("集团工会", "受理件数", AspectState.MISSING),
    ],
)
def test_a_department_of_the_group_that_is_named_is_no_gap(who: str, ask: str, state: AspectState) -> None:
    delegation = read_delegation(f"员工可通过集团热线申诉，由{who}受理。", Agents.of(("云汀集团",)))
    asked = AspectReading(Aspect(id="P1.S1.I1.a", ask=ask), AspectState.MISSING)
    (found,) = named((asked,), delegation)
    assert (found.state, who in found.evidence) == (state, state is AspectState.DISCLOSED)
