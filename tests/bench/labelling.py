"""What people hold for right about a return: states, missing aspects, faults that deserve a finding.

One form, as YAML or JSON, and ids may be cut to the aspect's letter::

    items:
      P1.S3.I3: {state: partial, delegation: none, missing_aspects: [h, i]}
    planted: [{rule: sum-mismatch, item: P1.S3.I3, items: [P2.S1.I1], quote: "336"}]
    deserved: [{rule: vague-claim, item: P1.S1.I2}]

``accept_…`` and ``borderline_…`` hold what a fair reader may see either way.
``complete: true`` says that notices are labelled too; without it a notice that nobody labelled is not judged.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from frameworks.ground.yaml import read_yaml


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")  # notes are for people


class ItemLabel(_Label):
    """One item as a reader sees it."""

    state: str | None = None
    accept_states: tuple[str, ...] = ()
    delegation: str | None = None
    accept_delegation: tuple[str, ...] = ()
    missing_aspects: tuple[str, ...] = ()
    borderline_aspects: tuple[str, ...] = ()
    delegated_aspects: tuple[str, ...] = ()
    borderline_rules: tuple[str, ...] = ()
    grades: dict[str, str] = Field(default_factory=dict)  # missing aspect → H, M or L


class Fault(_Label):
    """Something that deserves a finding of a rule on one of its items."""

    rule: str
    item: str | None = None
    items: tuple[str, ...] = ()
    quote: str = ""
    accept_rules: tuple[str, ...] = ()
    grade: str = ""  # H, M, L: how grave
    note: str = ""  # one that begins with "weak" says that silence is fair too

    @property
    def weak(self) -> bool:
        """Whether nobody would miss the finding."""
        return self.note.startswith("weak")

    @property
    def places(self) -> tuple[str | None, ...]:
        """All items on which the finding may stand."""
        return (self.item, *self.items)


class Silence(_Label):
    """Words at which certain rules must stay silent, or aspects that must not be called missing."""

    rules: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()


class Labels(_Label):
    """All that is known about one return."""

    items: dict[str, ItemLabel] = Field(default_factory=dict)
    planted: tuple[Fault, ...] = ()
    deserved: tuple[Fault, ...] = ()
    silent: tuple[Silence, ...] = ()
    no_quantities: tuple[str, ...] = ()  # words that hold a numeral and are no figure
    complete: bool = False

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Planted and deserved ones."""
        return (*self.planted, *self.deserved)


def read_labels(path: Path) -> Labels:
    """The labels of one return."""
    return as_labels(read_data(path))


def read_data(path: Path) -> Any:
    """A JSON or YAML file as plain data."""
    source = path.read_bytes()
    return json.loads(source) if path.suffix == ".json" else read_yaml(source, path.name).data


def as_labels(data: dict[str, Any]) -> Labels:
    """Labels from plain data; aspect letters become ids."""
    items = {}
    for item, given in data.get("items", {}).items():
        whole = dict(given)
        for field in ("missing_aspects", "borderline_aspects", "delegated_aspects"):
            whole[field] = [name if "." in name else f"{item}.{name}" for name in given.get(field, ())]
        items[item] = whole
    return Labels.model_validate({**data, "items": items})


def worked_reading(data: dict[str, Any]) -> Labels:
    """Labels from a reading that lists rules with their gravity by item, as ``{rule: H}``.

    A rule about aspects has ``{letter: H}``, one about two items ``{other item: H}``. Every item that is read is
    listed; what is not said about it counts as present, or as rightly silent.
    """
    kinds = {"delegated-item": "full", "delegated-aspect": "partial", "policy-reference": "reference"}
    items: dict[str, Any] = {}
    faults: list[dict[str, Any]] = []
    for item, rules in data["items"].items():
        absent = rules.get("aspect-missing", {})
        items[item] = {
            "delegation": next((kind for rule, kind in kinds.items() if rule in rules), "none"),
            "missing_aspects": list(absent),
            "borderline_aspects": data.get("borderline", {}).get(item, []),
            "grades": {f"{item}.{letter}": grade for letter, grade in absent.items()},
        }
        for rule, grade in rules.items():
            if rule == "aspect-missing":
                continue
            others = grade if isinstance(grade, dict) else {"": grade}
            faults += [
                {"rule": rule, "item": item, "items": [other] if other else [], "grade": how}
                for other, how in others.items()
            ]
    kept = {name: data[name] for name in ("silent", "no_quantities", "complete") if name in data}
    return as_labels({"items": items, "deserved": faults, **kept})
