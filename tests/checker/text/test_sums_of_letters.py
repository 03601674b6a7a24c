"""The sums of a model's weights over a stretch are those of every run of letters that lies within it."""

from checker.reading.letters import Lanes, Rows, Totals, count_runs, lanes, runs
from questionnaire.proofs import RunRows, number_of, numbers_of

OWN = {"节": "AB", "能": "CD", "节能": "EF", "能降": "GH", "节能降": "IJ", "降耗": "KL"}
HOLLOW = {"能": "b", "降": "c", "降耗": "d", "耗": "e"}


def rows(given: dict[str, str], width: int) -> RunRows:
    ordered = sorted((number_of(run), row) for run, row in given.items())
    return RunRows([number for number, _ in ordered], "".join(row for _, row in ordered), width)


def test_every_stretch_has_the_sum_of_its_runs() -> None:
    text = "节能降耗，节能"
    totals = Totals.of(Rows(rows(OWN, 2), Lanes(rows(HOLLOW, 1))), numbers_of(text))
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            found = runs(text[start:end])
            own = [OWN[run] for run in found if run in OWN]
            hollow = [HOLLOW[run] for run in found if run in HOLLOW]
            assert lanes(totals.between(start, end), 5) == (
                sum(ord(row[0]) for row in own), sum(ord(row[1]) for row in own), len(own),
                sum(map(ord, hollow)), len(hollow),
            )  # fmt: skip
            assert count_runs(end - start) == len(found)


def test_a_text_shorter_than_a_run_has_sums_too() -> None:
    made = Rows(rows(OWN, 2), Lanes(rows(HOLLOW, 1)))
    for text in ("", "节", "节能"):
        totals = Totals.of(made, numbers_of(text))
        assert lanes(totals.between(0, len(text)), 5)[2] == sum(run in OWN for run in runs(text))
