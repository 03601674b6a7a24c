"""Rules by name: ids, or titles in either language; which of them a check runs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from checker.rules import ALL_RULES, CAMPAIGN_RULES, RULES
from checker.rules.contract import AnswerRule, CampaignRule, ReturnRule
from checker.wording import Language, wording
from frameworks.ground.errors import InputError
from questionnaire.schema import Edition


def rule_titles(edition: Edition | None = None) -> dict[str, str]:
    """Rule ids by title, in all languages; with an edition, by its own word for who answers too."""
    usual = [wording(language) for language in Language]
    every = usual if edition is None else [*usual, *(words.of_edition(edition) for words in usual)]
    return {words.rule_title(rule): rule for words in every for rule in ALL_RULES}


def find_rule(name: str) -> str | None:
    """The id of a rule that goes by this name, or None."""
    lower = name.strip().lower()
    titles = {title.lower(): rule for title, rule in rule_titles().items()}
    return lower if lower in ALL_RULES else titles.get(lower)


def choose_rules(
    select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> dict[str, AnswerRule | ReturnRule]:
    """The rules to run, in the register's order: the selected ones (all, for none), less the ignored ones.

    Args:
        select: names, several in one text parted by commas.
        ignore: the same.

    Raises:
        InputError: a name that no rule has (with near ones), or no rule left to run.
    """
    wanted, unwanted = _ids(select), _ids(ignore)
    chosen = {
        name: rule for name, rule in RULES.items() if name not in unwanted and (name in wanted or not wanted)
    }
    if not chosen:
        raise InputError("no-rules-left")
    return chosen


def choose_campaign_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, CampaignRule]:
    """The same for the rules that look across returns; none may be left."""
    wanted, unwanted = _ids(select), _ids(ignore)
    return {
        name: rule
        for name, rule in CAMPAIGN_RULES.items()
        if name not in unwanted and (name in wanted or not wanted)
    }


def _ids(given: Iterable[str]) -> set[str]:
    found = set()
    for name in (part.strip() for text in given for part in text.replace("，", ",").split(",")):
        if not name:
            continue
        rule = find_rule(name)
        if rule is None:
            known = [*ALL_RULES, *rule_titles()]
            raise InputError(
                "rule-unknown", name=name, near=difflib.get_close_matches(name, known, n=3, cutoff=0.4)
            )
        found.add(rule)
    return found
