"""How much of a file is read: every bound of the reader in one place.

They are far above what Upwork exports (a very busy agency has some 50,000 rows a year) and low
enough that a hostile file costs seconds and megabytes, not the server.
"""

MAX_FILE_BYTES = 50 * 1024 * 1024
"""The largest file, in bytes, compressed or not."""

MAX_ROWS = 250_000
"""The most data rows of one file; blank lines do not count."""

MAX_LINES = 2_000_000
"""The most physical lines, blank ones and those within quoted cells included."""

MAX_COLUMNS = 200
"""The most columns of a header. Upwork's widest report has 19."""

MAX_CELL_CHARACTERS = 100_000
"""The longest cell. Below csv's own process-wide limit (131,072), which is left untouched."""

MAX_LINE_CHARACTERS = 1_000_000
"""The longest physical line that is taken apart at all."""

MAX_RECORD_LINES = 1_000
"""The most physical lines of one row (line breaks within quoted cells)."""

MAX_XLSX_ENTRIES = 2_000
"""The most files within an XLSX file (which is a zip archive)."""

MAX_XLSX_DIRECTORY_BYTES = 1024 * 1024
"""The largest table of contents of an XLSX file, checked before it is read."""

MAX_XLSX_UNPACKED_BYTES = 200 * 1024 * 1024
"""The most that an XLSX file may unpack to, declared and actual."""

MAX_XLSX_RATIO = 300
"""The most that it may grow by: a sheet of 250,000 like rows grows about 60-fold."""

SMALL_XLSX_BYTES = 5 * 1024 * 1024
"""Up to this unpacked size the ratio does not matter: an empty sheet compresses extremely well."""

MAX_XLSX_SHEETS = 20
"""The most sheets that are looked at for a known header."""

MAX_XLSX_SHEET_ROWS, MAX_XLSX_SHEET_COLUMNS = 1_048_576, 16_384
"""Excel's own last row and column; what lies beyond is not a spreadsheet's."""

MAX_XLSX_STRINGS = 2_000_000
"""The most different texts of a workbook."""

MAX_XLSX_TEXT_CHARACTERS = 100_000_000
"""The most text in all cells: one long shared string can be used in a million cells."""

MAX_XML_ELEMENTS = 20_000_000
"""The most XML elements of one part: 250,000 rows of 20 cells have 15 million."""

MAX_XML_DEPTH = 50
"""The deepest nesting of XML elements; a sheet needs 7."""

MAX_TITLE_CHARACTERS, MAX_NAME_CHARACTERS = 300, 200
"""The longest title, and the longest name of a client, freelancer or agency."""

MAX_TYPE_CHARACTERS, MAX_ID_CHARACTERS = 80, 40
"""The longest payment type, and the longest id of Upwork's."""

PROGRESS_EVERY = 1_000
"""Data rows between two calls of the progress callback."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Dates outside are slips of the pen: nothing on Upwork or its predecessors is older."""

MAX_AMOUNT = 10**10
"""Amounts are smaller than this, either sign."""

MAX_HOURS = 100_000
"""Hours of one row are fewer than this: eleven years without a pause."""

MAX_DECIMALS = 6
"""The most decimal places of an amount."""
