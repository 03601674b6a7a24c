"""Copies among two hundred returns: all that were planted, and no others."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from checker.campaign import bins as bins_of
from checker.campaign.bins import Bins
from checker.campaign.copies import asked_groups, find_clusters
from checker.campaign.copy_index import Index
from checker.campaign.record import read_sketch
from checker.text.ground.shingles import groups, mask
from questionnaire.schema import Schema
from tests.bench.returns import DEPARTMENTS, MATTERS, company_name, sentence
from tests.conftest import make_returns

COMPANIES = 200
PLANTED = 40
FORMULA = "公司严格遵守国家有关法律法规，坚持合规经营，持续完善各项管理制度，切实履行企业社会责任。"


@pytest.fixture(scope="module")
def campaign(schema: Schema, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Returns of two hundred companies, a copy planted in every fifth, and a formula that all share."""
    items = [item.id for item in schema.items][::6]
    companies: dict[str, dict[str, str]] = {}
    for number in range(COMPANIES):
        chance = random.Random(f"own/{number}")
        companies[company_name(number)] = {
            item: FORMULA + "".join(sentence(chance) for _ in range(4)) for item in items
        }
    planted = set()
    for number in range(PLANTED):
        chance = random.Random(f"copy/{number}")
        source, target = company_name(number), company_name(COMPANIES - 1 - number)
        item = chance.choice(items)
        text = f"{source}在2023年接受了检查。" + companies[source][item]
        companies[source][item] = text
        companies[target][item] = changed(text.replace(source, target).replace("2023", "2024"), chance)
        planted.add((item, frozenset((source, target))))
    folder: Path = tmp_path_factory.mktemp("copies")
    return make_returns(companies, schema, folder), planted


def changed(text: str, chance: random.Random) -> str:
    """The text with a few words changed, as who copies does."""
    for words in (DEPARTMENTS, MATTERS):
        there = [word for word in words if word in text]
        for word in there[:1]:
            text = text.replace(word, chance.choice(words))
    return text.replace("全年", "本年度")


def test_all_planted_copies_are_found_and_no_others(campaign, schema: Schema) -> None:  # type: ignore[no-untyped-def]
    returns, planted = campaign
    found = {
        (cluster.members[0].item, frozenset(member.company for member in cluster.members))
        for cluster in find_clusters(returns, lambda _: schema)
    }
    assert found == planted


def test_the_index_grows_on_disk_and_not_in_memory(campaign, schema: Schema) -> None:  # type: ignore[no-untyped-def]
    returns, _ = campaign
    with Bins() as bins:
        index, count = Index(len(schema.items), COMPANIES, bins), 0
        for number, entry in enumerate(returns.entries * 30):
            sketch = read_sketch(returns.blob(entry))
            index.add(number, sketch)
            count += len(sketch)
        assert count > 1.2 * bins_of.COUNT * bins_of.HELD
        assert max(map(len, bins.held)) < bins_of.HELD
        assert sum(len(bins.sorted(part)) for part in range(bins_of.COUNT)) == count


@pytest.mark.parametrize("full", [False, True])
def test_numbers_come_back_in_order_from_a_disk_or_without_one(
    full: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bins_of, "HELD", 4)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none" if full else tmp_path))
    chance = random.Random(1)
    given = [chance.randrange(1 << 60) for _ in range(50)]
    with Bins() as bins:
        for number in given:
            bins.held[7].append(number)
            bins.settle()
        assert bins.sorted(7) == sorted(given)
        assert bins.sorted(8) == []
        assert bool(list(tmp_path.iterdir())) is not full
    assert not list(tmp_path.iterdir())


def test_a_passage_of_many_is_a_cluster_of_many(schema: Schema, tmp_path: Path) -> None:
    text = "".join(sentence(random.Random(f"many/{n}")) for n in range(4))
    companies = {company_name(n): {"P2.S4.I3": text.replace("全年", f"{n}")} for n in range(5)}
    companies |= {
        company_name(n): {"P2.S4.I3": "".join(sentence(random.Random(f"{n}/{m}")) for m in range(4))}
        for n in range(5, 30)
    }
    (cluster,) = find_clusters(make_returns(companies, schema, tmp_path), lambda _: schema)
    assert Counter(member.item for member in cluster.members) == {"P2.S4.I3": 5}


def test_what_the_questionnaire_says_itself_is_nobodys_copy(schema: Schema, tmp_path: Path) -> None:
    text = schema.by_id["P2.S4.I3"].question
    companies = {company_name(n): {"P2.S4.I3": text} for n in range(3)}
    assert not find_clusters(make_returns(companies, schema, tmp_path), lambda _: schema)
    assert set(groups(mask(text))) <= asked_groups(schema)


def test_the_mask_leaves_what_can_be_compared() -> None:
    one = mask("2024年，甲厂有限公司依据《安全手册（2023版）》培训12次、318人次。", ("甲厂有限公司",))
    two = mask("2023年乙厂有限公司依据《安全守则》培训9次，207人次", ("乙厂有限公司",))
    assert one == two
