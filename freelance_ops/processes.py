"""The three processes of the product, as the commands that start them.

`manage.py up` starts these, and `docker-compose.yml` carries the same words: a test compares them.
"""

import sys

WEB_THREADS = 4
# Requests that wait beyond this many are left in the socket's backlog, where a client can give up.
WEB_BACKPRESSURE = 64
WORKER_PROCESSES = 2


def web_command(*, host: str, port: int) -> list[str]:
    """Granian serving the WSGI application; `GRANIAN_WORKERS` adds processes."""
    return [
        *(sys.executable, "-m", "granian", "freelance_ops.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"),
        *("--blocking-threads", str(WEB_THREADS), "--blocking-threads-idle-timeout", "600"),
        *("--backpressure", str(WEB_BACKPRESSURE)),
    ]


def worker_command() -> list[str]:
    """A Celery worker; its tasks run in child processes, so that a busy one still beats.

    There is one worker: gossip and mingle, with which several find each other, would only make
    the start slow, and the event heartbeat has no reader.
    """
    return [
        *(sys.executable, "-m", "celery", "--quiet", "--app", "freelance_ops", "worker"),
        *("--pool", "prefork", "--concurrency", str(WORKER_PROCESSES), "--loglevel", "INFO"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def beat_command() -> list[str]:
    """Celery's clock; there must never be two."""
    return [
        *(sys.executable, "-m", "celery", "--quiet", "--app", "freelance_ops", "beat"),
        *("--loglevel", "INFO"),
    ]
