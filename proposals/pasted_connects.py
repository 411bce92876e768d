"""A connects history as it is copied from Upwork's page or a sheet, one movement a line (B10).

No Django. A line has a day, what was done (“Applied to job”), perhaps the job's title, how many
connects moved and perhaps the balance after it. The first line may name the columns in any order;
without names they are told by what they look like. A page that puts each cell on a line of its own
is read too: a day alone begins a movement, and the lines up to the next day belong to it.
"""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from profiles.pasted_lines import BadLine, NotUnderstood, cells_in, day_in, gettext_noop, shown
from proposals.connects import Kind

EARLIEST: Final = dt.date(2015, 1, 1)
"""Upwork took its name in 2015: an earlier year is a slip."""
MOST: Final = 10_000
"""Connects in one movement: more is a slip."""
MOST_LINES: Final = 3_000

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("date", "day", "when", "time", "on"),
    "action": ("action", "activity", "type", "description", "details", "reason", "what", "event"),
    "title": ("job", "job title", "title", "job post", "job name", "proposal", "project", "note"),
    "amount": ("connects", "amount", "change", "connects used", "+/-", "±", "quantity", "number"),
    "balance": ("balance", "connects balance", "remaining", "balance after", "total", "left"),
}
_COLUMNS: Final = {name: column for column, names in _NAMES.items() for name in names}


def _begins(words: str) -> re.Pattern[str]:
    """Any of these words, or what begins like them."""
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


_KINDS: Final[Mapping[Kind, re.Pattern[str]]] = {
    Kind.REFUND: _begins("refund|return|came back|cancel|given back|reimburs"),
    Kind.BOOST: _begins("boost|bid for"),
    Kind.PURCHASE: _begins(r"purchas|bought|buy|top.?up"),
    Kind.CORRECTION: _begins("adjust|correct"),
    Kind.GRANT: _begins(
        r"grant|free\b|month|member|plus\b|reward|earn|bonus|promo|interview|rising talent|allocat"
        "|received|welcome|sign.?up"
    ),
    Kind.SPEND: _begins("appl|propos|submit|spen[dt]|used|sent"),
}
"""How the words of an action begin; the first kind that fits."""
_LAPSED: Final = _begins("expir|lapse")
_GOES: Final = frozenset({Kind.SPEND, Kind.BOOST})

_NUMBER = re.compile(
    r"(?P<sign>[+\-−–]?)\s*(?P<digits>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?: ?connects?)?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(\s*(?P<digits>[0-9]+)\s*\)")


@dataclass(frozen=True, slots=True)
class PastedEntry:
    """One movement. `key` is the same whenever the same movement is pasted again."""

    line: int
    text: str
    day: dt.date
    kind: Kind
    amount: int
    title: str
    balance: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was understood, in the order of the lines, and what was not."""

    entries: tuple[PastedEntry, ...]
    bad: tuple[BadLine, ...]
    bad_texts: tuple[str, ...]
    """The lines that were not understood as they were pasted."""
    header: str
    """The line that names the columns; "" without one."""
    lapsed: int
    """Lines that say that connects expired: the ledger works that out by itself."""

    @property
    def said(self) -> tuple[tuple[dt.date, int], ...]:
        """What the page says of the balance: on the evening before the oldest movement, and after
        the newest. Nothing where a line was not understood, since that may be one of the two."""
        rows = list(self.entries)
        if not rows or self.bad or any(row.balance is None for row in rows):
            return ()
        if rows[0].day >= rows[-1].day:  # newest first, as Upwork shows them
            rows.reverse()
        first, last = rows[0], rows[-1]
        opening = (first.balance or 0) - first.amount
        closing = (last.day, last.balance or 0)
        return (
            ((first.day - dt.timedelta(days=1), opening), closing) if opening >= 0 else (closing,)
        )


def pasted_connects(text: str, *, today: dt.date) -> Pasted:
    """Read a pasted history. What is understood stands beside what is not: nothing is guessed at.

    A day may be today at the latest. The same movement twice (two proposals of 16 connects on one
    day) is two movements, told apart by their keys.
    """
    columns: Sequence[str] | None = None
    header, lapsed, is_first = "", 0, True
    entries: list[PastedEntry] = []
    bad: list[BadLine] = []
    bad_texts: list[str] = []
    for number, line, cells in _movements(text):
        try:
            if number > MOST_LINES:
                told = gettext_noop("more than %(most)s lines: paste them in parts")
                raise NotUnderstood(told, most=MOST_LINES)
            if is_first and (named := _header_in(cells)):
                columns, header = named, line
                continue
            found = _entry_in(_sorted_out(cells, columns), today)
            if found is None:
                lapsed += 1
            else:
                entries.append(replace(found, line=number, text=line))
        except NotUnderstood as error:
            bad.append(BadLine(number, shown(line.replace("\n", " ")), error.problem))
            bad_texts.append(line)
        finally:
            is_first = False
    return Pasted(_keyed(entries), tuple(bad), tuple(bad_texts), header, lapsed)


def key_of(day: dt.date, kind: Kind, amount: int, title: str, number: int) -> str:
    """What makes a movement the same: `number` counts those of a day that say the same."""
    said = "|".join((day.isoformat(), kind, str(amount), " ".join(title.casefold().split())))
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}-{number}"


def _keyed(entries: Sequence[PastedEntry]) -> tuple[PastedEntry, ...]:
    seen: Counter[str] = Counter()
    found = []
    for each in entries:
        first = key_of(each.day, each.kind, each.amount, each.title, 0)
        seen[first] += 1
        key = key_of(each.day, each.kind, each.amount, each.title, seen[first])
        found.append(replace(each, key=key))
    return tuple(found)


def _movements(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each movement's first line number, its text, and its cells."""
    open_from, lines, cells = 0, [""], [""]
    for number, line in enumerate(text.splitlines(), start=1):
        now = cells_in(line)
        if not any(now):
            continue
        is_day = _is_day(now[0])
        if open_from and not is_day:
            lines.append(line)
            cells += now
            continue
        if open_from:
            yield open_from, "\n".join(lines), cells
            open_from = 0
        if is_day and len(now) == 1:
            open_from, lines, cells = number, [line], now
        else:
            yield number, line, now
    if open_from:
        yield open_from, "\n".join(lines), cells


def _is_day(cell: str) -> bool:
    try:
        day_in(cell)
    except NotUnderstood:
        return False
    return True


def _header_in(cells: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that a line names ("" for others); None where it is no header."""
    known = [_COLUMNS.get(cell.casefold().strip(" .:#"), "") for cell in cells]
    if "day" not in known or any(c.isdigit() for cell in cells for c in cell):
        return None
    if "amount" not in known:
        told = gettext_noop("no column is called Connects, so the numbers could be anything")
        raise NotUnderstood(told)
    return tuple(name if name not in known[:at] else "" for at, name in enumerate(known))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one line by what they are."""

    day: str
    amount: str
    balance: str
    action: str
    title: str


def _sorted_out(cells: Sequence[str], columns: Sequence[str] | None) -> _Cells:
    if columns is not None:
        named = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        return _Cells(*(named.get(name, "") for name in ("day", "amount", "balance")),
                      *(named.get(name, "") for name in ("action", "title")))  # fmt: skip
    days = [cell for cell in cells if _is_day(cell)]
    numbers = [cell for cell in cells if _value(cell) is not None]
    texts = [cell for cell in cells if cell and cell not in days and cell not in numbers]
    signed = [cell for cell in numbers if cell[0] in "+-−–("]
    if not days or not numbers or len(days) > 1 or len(numbers) > 2 or len(signed) > 1:
        told = gettext_noop(
            "a day, what was done, and how many connects are expected, such as "
            "2026-10-05, Applied to job, A faster checkout, -16"
        )
        raise NotUnderstood(told)
    amount = signed[0] if signed else numbers[0]
    others = list(numbers)
    others.remove(amount)
    action = next((text for text in texts if _kind_in(text) or _is_lapse(text)), "")
    if action:
        texts.remove(action)
    return _Cells(days[0], amount, others[0] if others else "", action, " · ".join(texts))


def _entry_in(cells: _Cells, today: dt.date) -> PastedEntry | None:
    """The movement, its line not set yet; None for connects that expired."""
    if not cells.day:
        raise NotUnderstood(gettext_noop("the day is missing"))
    day = day_in(cells.day)
    if day > today:
        raise NotUnderstood(gettext_noop("that day is still to come"))
    if day < EARLIEST:
        raise NotUnderstood(gettext_noop("that is before Upwork; check the year"))
    signed = _value(cells.amount)
    if signed is None:
        told = gettext_noop("“%(value)s” is not a number of connects")
        raise NotUnderstood(told, value=shown(cells.amount))
    sign, number = signed
    if not 0 < number <= MOST:
        told = gettext_noop("%(value)s connects cannot have moved at once")
        raise NotUnderstood(told, value=shown(cells.amount))
    if _is_lapse(cells.action):
        return None
    kind = _kind_of(cells.action, sign)
    goes = sign < 0 or (sign == 0 and kind in _GOES)
    if goes != (kind in _GOES) and kind is not Kind.CORRECTION:
        told = gettext_noop("“%(action)s” and %(value)s do not go together")
        raise NotUnderstood(told, action=shown(cells.action), value=shown(cells.amount))
    balance = _value(cells.balance)
    amount = -number if goes else number
    return PastedEntry(0, "", day, kind, amount, cells.title, balance[1] if balance else None)


def _kind_of(action: str, sign: int) -> Kind:
    """What was done. Whatever else takes connects is a proposal; what gives some must say what."""
    kind = _kind_in(action)
    if kind is Kind.BOOST and sign > 0:
        return Kind.REFUND  # outbid: the boost costs nothing (B10)
    if kind:
        return kind
    if sign < 0:
        return Kind.SPEND
    told = gettext_noop("it does not say what for: write bought, granted, came back or applied")
    raise NotUnderstood(told)


def _kind_in(text: str) -> Kind | None:
    return next((kind for kind, words in _KINDS.items() if words.search(text)), None)


def _is_lapse(text: str) -> bool:
    return bool(_LAPSED.search(text))


def _value(cell: str) -> tuple[int, int] | None:
    """The sign (-1, 0 for none, 1) and the number of a cell; None where it is no whole number."""
    if match := _IN_BRACKETS.fullmatch(cell):
        return (-1, int(match["digits"][:9]))
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    sign = {"": 0, "+": 1}.get(match["sign"], -1)
    digits = "".join(c for c in match["digits"] if c.isdigit())
    return sign, int(digits) if len(digits) < 10 else 10**9
