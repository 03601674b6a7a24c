"""The pieces of an answer that are tried as proof."""

from __future__ import annotations

import pytest

from checker.reading.proof import lay_out
from checker.reading.units import pieces_of
from checker.text.ground.passages import split
from questionnaire.editions import newest

TEXTS = (
    "公司设有环境委员会，由总经理牵头，每季度开会一次；2024年共开会4次。",
    "治理架构：\n董事会7人，女性2人。\n（1）每年审议一次\n（2）下设委员会\n风险：\n排查隐患，整改到位，复查合格。",
    "指标\t2024年\t2023年\n用电量\t120\t130\n用水量\t80\t90\n以上数据来自台账，已经复核。",
    f"{'我们逐台排查设备，更换密封件，' * 30}费用由车间承担。",
    "Handled by the plant, with 3 checks a year. Results are posted; nobody complained.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_part_of_a_piece_holds_no_letters_that_the_piece_does_not(text: str) -> None:
    model = next(iter(newest().proofs.values()))
    laid = lay_out(model, text, pieces_of(text, split(text)), 2024)
    outer = [laid.bare[place] for place in laid.outer]
    for place, words in enumerate(laid.bare):
        assert any(words in whole for whole in outer), laid.pieces[place]
    # the piece stands before its parts, so that the first with the most of something is none of them
    for place, words in enumerate(laid.bare):
        assert place in laid.outer or any(words in laid.bare[at] for at in laid.outer if at < place)
