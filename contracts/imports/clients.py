"""Clients by the names that a file gives them, found in any case or made."""

from collections.abc import Iterable

from accounts.models import Practice
from contracts.importing.identities import folded_name
from contracts.models import Client
from contracts.models.clients import ClientQuerySet


def clients_named(practice: Practice, names: Iterable[str]) -> tuple[dict[str, Client], list[int]]:
    """Return the practice's clients by folded name, and the keys of those that were made.

    Looked for in the whole practice: a name stands for one client there, also for a member who has
    not worked for that client yet.
    """
    wanted = {folded_name(name): " ".join(name.split())[:200] for name in names}
    wanted.pop("", None)
    clients = Client.objects.filter(practice=practice)
    found = _by_name(clients) if wanted else {}
    missing = [Client(practice=practice, name=wanted[key]) for key in wanted.keys() - found.keys()]
    if not missing:
        return found, []
    before = {client.pk for client in found.values()}
    # The database has its own idea of upper and lower case, and somebody may have been quicker.
    Client.objects.bulk_create(missing, ignore_conflicts=True, batch_size=500)
    found = _by_name(clients.all())
    for key in wanted.keys() - found.keys():
        found[key] = _stored_instead(clients, wanted[key])
    return found, [client.pk for client in found.values() if client.pk not in before]


def _stored_instead(clients: ClientQuerySet, name: str) -> Client:
    """The client that the database took a new one for, by its own idea of case.

    SQLite compares other scripts with Python's, where two names that it stores apart can look alike
    (istanbul, İstanbul): then the one with exactly this name, else the first.
    """
    alike = clients.named(name).order_by("pk")
    return alike.filter(name=name).first() or alike[0]


def _by_name(clients: Iterable[Client]) -> dict[str, Client]:
    return {folded_name(client.name): client for client in clients}
