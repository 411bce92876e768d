"""IANA time zones: which there are, which a person picks from, today's name of an old one."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

# In the database of zones, yet no place that anybody lives in.
NOT_PLACES = frozenset({"Factory", "localtime"})


@cache
def time_zone_names() -> frozenset[str]:
    """Every name that is understood, old ones too: about 600."""
    return frozenset(available_timezones()) - NOT_PLACES


@cache
def places() -> tuple[str, ...]:
    """The names to choose from, one for each place: about 420, and UTC."""
    lines = _database_lines("zone.tab")
    return (*sorted(line.split("\t")[2] for line in lines if not line.startswith("#")), "UTC")


@cache
def places_by_region() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """`(region, ((name, label), …))` for the groups of a select; UTC stands in the first."""
    groups: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in places():
        region, _slash, place = name.partition("/")
        if place:
            label = place.replace("_", " ").replace("/", " – ")
            groups.setdefault(region, []).append((name, label))
    return tuple((region, tuple(choices)) for region, choices in groups.items())


def canonical(name: str) -> str:
    """The name in use today: browsers still say Europe/Kiev for Europe/Kyiv."""
    if name in places():
        return name
    links = _links()
    target = links.get(name, name)
    if target == links["UTC"]:  # UTC itself is an alias there, of Etc/UTC
        return "UTC"
    return target if target in places() else name


def zone_or_utc(name: str) -> ZoneInfo:
    """The zone; UTC for a name that this machine's database does not know."""
    return ZoneInfo(name if name in time_zone_names() else "UTC")


@cache
def _links() -> dict[str, str]:
    """Old name → name, from the lines `L name old-name`."""
    words = (line.split() for line in _database_lines("tzdata.zi") if line.startswith("L "))
    return {old: name for _letter, name, old in words}


def _database_lines(file_name: str) -> list[str]:
    return (files("tzdata") / "zoneinfo" / file_name).read_text().splitlines()
