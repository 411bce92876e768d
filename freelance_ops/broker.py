"""Celery's filesystem broker, made safe against a reader that is quicker than the writer.

kombu's own transport creates a message's file first and fills it afterwards; a worker that looks in
between takes an empty file, and falls over it. Here a message gets its name only when it is whole.
It also keeps to the data folder, where kombu's moves messages through the system's temporary one.
"""

import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

LONGEST_WAIT_SECONDS = 0.5


class Channel(filesystem.Channel):
    """A folder of files, `<milliseconds>_<unique>.<queue>.msg`, read in order of name."""

    def _put(  # type: ignore[override]  # kombu's two base classes disagree about the names
        self, queue: str, payload: dict[str, Any], **kwargs: Any
    ) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns() // 1_000_000:015d}_{uuid.uuid4().hex}"
        unfinished = folder / f"{name}.unfinished"
        unfinished.write_text(dumps(payload))
        unfinished.rename(folder / f"{name}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):  # noqa: PTH208  # ten times a second: only names
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / f"{name}.taken"
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            payload = taken.read_text()
            taken.unlink()
            return loads(payload)
        raise Empty


class Transport(filesystem.Transport):
    """What `CELERY_BROKER_TRANSPORT` names."""

    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        """Come back twice a second: between two calls a worker sees that it is told to stop."""
        wait = LONGEST_WAIT_SECONDS if timeout is None else min(timeout, LONGEST_WAIT_SECONDS)
        super().drain_events(connection, timeout=wait, **kwargs)

    @property
    def default_connection_params(self) -> dict[str, Any]:
        return {"hostname": "", "port": None}  # there is no host, and no warning that it is missing
