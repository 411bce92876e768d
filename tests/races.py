"""Several things at the same moment, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*works: Callable[[], object]) -> None:
    """Start the works at the same moment, each in a thread; raise what any of them raises."""
    barrier = threading.Barrier(len(works))
    failures: list[BaseException] = []

    def do(work: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]
