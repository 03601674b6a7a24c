"""The answer mostly repeats the question.

Why: 题干换个说法不是事实; the parent can disclose nothing from it.
Fires: P2.S2.I1: 公司坚持按劳分配、同工同酬，建立具有市场竞争力的薪酬体系，按时足额缴纳社会保险。
Silent: P2.S2.I1: 公司实行岗位绩效工资制，同岗同酬，2024年人均工资8.6万元，五险一金缴纳率100%。
Source: TEXT, share of the answer's trigrams that stand in the question (0.49 on a true echo, at most 0.24 elsewhere).
"""

from collections.abc import Iterator

from checker.coverage import ItemReading
from checker.finding import Severity
from checker.rule import Context, Outcome, Scope
from checker.text.duties import tells_done
from checker.text.similarity import echo, echoes, squeeze, trigrams

ID = "question-echo"
SCOPE = Scope.SUBSTANCE
SEVERITY = Severity.WARNING

SHARE = 0.35  # of the answer's trigrams
SHARE_WITH_FIGURES = 0.55  # an answer that also gives figures or nils says more than the question
LEAST = 10  # characters
# a question of some length that stands nearly whole in an answer without any fact is repeated, whatever the padding
WHOLE, LONG, PADDED = (
    0.75,
    20,
    5,
)  # share of its trigrams; their number; times its length that the answer may have
QUOTED = 60  # characters
# the form's own hints are copied back: letters of a hint; share of the answer's letters that are not theirs
HINT, REST = 6, 0.25


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires once an item, quoting the sentences that repeat the question."""
    question = reading.item.question
    if len(reading.text) >= LEAST and _is_form(reading):
        yield context.finding(reading, reading.text[:QUOTED], severity=Severity.ERROR, variant="form")
        return
    if len(reading.text) < LEAST or not echoes(reading.text, question):
        return
    if _is_padded(reading):
        quotes = [span.text for span in reading.echoed] or [reading.text[:QUOTED]]
        yield context.finding(reading, *quotes, share=round(echo(reading.text, question) * 100))
        return
    if not echoes(reading.text, question, SHARE):
        return
    if reading.duties and not reading.echoed:
        return  # 应加强…的识别 is a duty: duty-not-fact says so
    prose = reading.passages.prose(reading.text)
    share = echo(prose, question)
    if share >= (SHARE_WITH_FIGURES if reading.quantities or reading.nils else SHARE):
        quotes = [span.text for span in reading.echoed] or [reading.text[:QUOTED]]
        yield context.finding(reading, *quotes, share=round(share * 100))


def _is_form(reading: ItemReading) -> bool:
    """Whether an answer holds only what the form itself says is to be written: it is blank."""
    hints = [
        words for aspect in reading.item.judged for words in (aspect.hint, aspect.ask) if len(words) >= HINT
    ]
    if not any(words in reading.text for words in hints):
        return False
    letters = whole = squeeze(reading.text)
    for words in sorted(map(squeeze, hints), key=len, reverse=True):
        letters = letters.replace(words, "")
    return len(letters) <= REST * len(whole)


def _is_padded(reading: ItemReading) -> bool:
    """Whether the question stands nearly whole in an answer that adds slogans only: no figure, date, title, deed."""
    question, text = reading.item.question, reading.text
    if reading.quantities or reading.nils or "《" in text or len(text) > PADDED * len(question):
        return False
    if (reading.duties and not reading.echoed) or tells_done(text) or reading.facts.dates:
        return False
    asked = trigrams(question)
    return len(asked) >= LONG and len(asked & trigrams(text)) >= WHOLE * len(asked)
