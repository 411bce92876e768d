"""What `manage.py up`'s options decide before there are settings."""

from pathlib import Path

import pytest

from freelance_ops.command_line import prepare_environment


def prepared(*arguments: str, **environment: str) -> dict[str, str]:
    prepare_environment(["manage.py", *arguments], environment)
    return environment


def test_the_data_folder_is_made_and_named_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    environment = prepared("up", "--data", "our data/here")

    assert environment["FREELANCE_OPS_DATA"] == str(tmp_path / "our data" / "here")
    assert (tmp_path / "our data" / "here").is_dir()
    assert (tmp_path / "our data" / "here").stat().st_mode & 0o077 == 0  # clients and money


def test_the_address_follows_the_port() -> None:
    assert prepared("up")["SITE_URL"] == "http://localhost:8000"
    assert prepared("up", "--port", "8123")["SITE_URL"] == "http://localhost:8123"


def test_an_address_that_is_set_stays() -> None:
    environment = prepared("up", "--port", "8123", SITE_URL="https://ops.example")

    assert environment["SITE_URL"] == "https://ops.example"


def test_without_the_option_the_data_stays_where_it_is() -> None:
    assert "FREELANCE_OPS_DATA" not in prepared("up", "--demo", "--verbosity", "2")


@pytest.mark.parametrize("arguments", [(), ("migrate", "--data", "x"), ("up", "--port", "many")])
def test_other_commands_and_mistakes_are_left_to_django(arguments: tuple[str, ...]) -> None:
    assert prepared(*arguments) == {}


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SystemExit, match=r"The folder .*file/data cannot be used: "):
        prepared("up", "--data", str(tmp_path / "file" / "data"))
