"""A return that is mended in one tab while another one takes it away."""

from __future__ import annotations

import threading
from pathlib import Path

from checker.desk.drafts import Drafts
from checker.desk.uploads import Upload
from checker.wording import wording
from questionnaire.editions import Editions
from tests.conftest import ROOT


def test_what_is_mended_while_a_copy_is_taken_away_is_not_yet_saved(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, Editions(), None, threading.Lock())
    draft = drafts.add(Upload("填报.xlsx", (ROOT / "samples" / "good.xlsx").read_bytes()))
    assert draft.saved
    drafts.mend(draft, "P1.S1.I1", "全年识别重大风险 3 项。", wording())
    copy, content = drafts.latest(draft)
    drafts.mend(draft, "P1.S1.I2", "全年评估 4 次。", wording())
    draft.taken = copy
    assert content
    assert (draft.saved, drafts.unsaved) == (False, True)
    draft.taken, _ = drafts.latest(draft)
    assert (draft.saved, drafts.unsaved) == (True, False)


def test_a_copy_is_read_before_a_mend_takes_it_away(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, Editions(), None, threading.Lock())
    draft = drafts.add(Upload("填报.xlsx", (ROOT / "samples" / "good.xlsx").read_bytes()))
    found: list[bytes] = []
    other = threading.Thread(target=lambda: found.append(drafts.latest(draft)[1]))
    with drafts.lock:  # as while an answer is mended
        other.start()
        other.join(0.2)
        assert not found
    other.join(60)
    assert found == [draft.copy.read_bytes()]
