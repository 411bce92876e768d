"""The filesystem broker: a message is whole or not there, and is read once."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from freelance_ops import broker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "queue").mkdir()
    return tmp_path


@pytest.fixture
def connection(folder: Path) -> Iterator[Connection]:
    options = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.01,
    }
    with Connection(
        "filesystem://", transport="freelance_ops.broker:Transport", transport_options=options
    ) as opened:
        yield opened


@pytest.fixture
def channel(connection: Connection) -> broker.Channel:
    made = connection.default_channel
    assert isinstance(made, broker.Channel)
    return made


def test_every_message_comes_back(channel: broker.Channel) -> None:
    for number in range(3):
        channel._put("celery", {"number": number})

    assert {channel._get("celery")["number"] for _ in range(3)} == {0, 1, 2}


def test_a_message_is_read_once_and_leaves_nothing_behind(
    channel: broker.Channel, folder: Path
) -> None:
    channel._put("celery", {"body": "ping"})
    channel._get("celery")

    with pytest.raises(Empty):
        channel._get("celery")
    assert list((folder / "queue").iterdir()) == []


def test_each_queue_sees_only_its_own(channel: broker.Channel) -> None:
    channel._put("mail.celery", {"body": "ping"})

    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._size("mail.celery") == 1


def test_a_message_that_is_still_being_written_is_not_there_yet(
    channel: broker.Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    rename = Path.rename

    def looked_at(path: Path, target: Any) -> Path:
        seen.append(channel._size("celery"))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", looked_at)
    channel._put("celery", {"body": "ping"})

    assert seen == [0]
    assert channel._size("celery") == 1


def test_a_message_that_another_worker_takes_first_is_passed_over(
    channel: broker.Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel._put("celery", {"body": "ping"})
    (message,) = (folder / "queue").iterdir()
    monkeypatch.setattr("os.listdir", lambda _folder: [f"0_gone{message.name[-11:]}", message.name])

    assert channel._get("celery") == {"body": "ping"}


def test_a_quick_reader_never_meets_half_a_message(channel: broker.Channel) -> None:
    """With kombu's own transport, this fails on an empty file sooner or later."""
    sent = 300

    def write() -> None:
        for number in range(sent):
            channel._put("celery", {"n": number, "fill": "x" * 5000})

    writer = threading.Thread(target=write)
    received = []
    writer.start()
    while writer.is_alive() or channel._size("celery"):
        try:
            received.append(channel._get("celery")["n"])
        except Empty:
            continue
    writer.join()

    assert sorted(received) == list(range(sent))


def test_a_worker_without_work_looks_up_often_enough_to_be_told_to_stop(
    connection: Connection,
) -> None:
    with connection.SimpleQueue("celery"), pytest.raises(TimeoutError):
        connection.drain_events(timeout=None)
