"""What a file may hold before it is refused: far above every honest file measured, far below what harms a machine.

Of 1,890 real files the highest honest compression ratio was 97, the largest book had 4.1 MB inflated, the most
parts were 1,033; a filled questionnaire has 72 answers.
"""

from __future__ import annotations

MIB = 1024 * 1024

FILE_BYTES = 100 * MIB  # as it lies on the disk
PARTS = 5_000
RATIO = 100
RATIO_FROM = 100 * 1024  # bytes; below this a high ratio means nothing
PART_BYTES = 50 * MIB
TOTAL_BYTES = 200 * MIB
DEPTH = 256  # nested elements
SHEETS = 1_000
PAGES = 500  # of a PDF
ROWS = 20_000  # rows with values
COLUMNS = 200  # columns with values in one row
CELLS = 1_000_000  # cells with values
STRINGS = 200_000  # shared strings
TEXT = 50 * MIB  # characters of all values together
MERGES = 200_000  # cells that merged areas may cover, besides their first
ANSWERS = 2_000  # rows taken for answers
ANSWER_TEXT = 60_000  # characters of one answer; a cell of Excel holds 32,767
BLOCKS = 200  # pieces of text that no item took
NARRATIVE = 5_000_000  # characters of a report

LAST_ROW = 1_048_576  # of Excel's grid
LAST_COLUMN = 16_384

CLOCK = 8.0  # seconds for reading one file
JUDGING = 60.0  # seconds for judging what was read; 360,000 characters take nine
MEMORY = 768 * MIB  # address space that reading may add

PICTURES = 12  # of one file whose words are recognised; a dense page takes some 20 seconds
SCANS = 80  # pages of a PDF that is nothing but pictures; one takes some 5 seconds
FIRST_SCANS = 2  # of one with more, to say what it is
PICTURE_CLOCK = 60.0  # seconds for one picture, its models included
PICTURE_MEMORY = 2_048 * MIB
