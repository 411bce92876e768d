"""`./dev` on machines of all kinds: a copy of it, with a PATH that holds just what we put there."""

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = shlex.quote(sys.executable)
TOOLS = (
    *("bash", "basename", "cat", "chmod", "cmp", "cp", "dirname", "env", "find", "ln", "mkdir"),
    *("rm", "sed", "sort"),
)

# Notes each call; `venv` makes an environment around the interpreter that it is given.
FAKE_UV = """#!/usr/bin/env bash
echo "$*" >> "$UV_LOG"
while [ $# -gt 0 ]; do
  case $1 in
    --python) python=$2; shift 2 ;;
    venv) venv=yes; shift ;;
    --*) shift ;;
    *) last=$1; shift ;;
  esac
done
if [ "${venv:-}" ]; then
  [ "$python" = 3.13 ] && python=$BROUGHT_PYTHON
  mkdir -p "$last/bin" && ln -s "$python" "$last/bin/python"
fi
"""
MANAGE = """import json, os, sys
print(json.dumps([sys.argv[1:], os.environ.get("PYTHONDONTWRITEBYTECODE"), os.getcwd()]))
"""
BROKEN = "#!/usr/bin/env bash\necho 'pyenv: command not found' >&2; exit 127\n"


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def python(path: Path, version: str = "3, 13") -> None:
    """An interpreter that runs, and says that it is of that version."""
    pretend = f'{PYTHON} -c "import sys; sys.version_info = ({version}); $2"'
    program(
        path,
        f"""#!/usr/bin/env bash
case "$2" in
  *version_info*) exec {pretend} ;;
  *sys.executable*) echo "$0" ;;
  *) exec {PYTHON} "$@" ;;
esac
""",
    )


@dataclass
class Machine:
    """A folder with a copy of `dev`, a PATH of our own, and a home with nothing in it."""

    root: Path
    path: Path
    home: Path

    def run(
        self, *arguments: str, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.root / "dev"), *arguments],
            cwd=cwd or self.home,
            env={
                "PATH": str(self.path),
                "HOME": str(self.home),
                "UV_LOG": str(self.home / "uv.log"),
                "BROUGHT_PYTHON": sys.executable,
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def uv_calls(self) -> list[str]:
        log = self.home / "uv.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """With uv, without any Python."""
    made = Machine(tmp_path / "our clone", tmp_path / "bin", tmp_path / "home")
    for folder in (made.root, made.path, made.home):
        folder.mkdir()
    shutil.copy(ROOT / "dev", made.root)
    (made.root / "requirements.lock").write_text("one==1\n")
    (made.root / "manage.py").write_text(MANAGE)
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (made.path / tool).symlink_to(found)
    program(made.path / "uv", FAKE_UV)
    return made


def python_given_to_uv(machine: Machine) -> str:
    call = next(call for call in machine.uv_calls() if " venv " in f" {call}")
    return call.split("--python ")[1].split(f" {machine.root}")[0]


def test_makes_the_environment_from_the_lock_and_runs_in_it(machine: Machine) -> None:
    python(machine.path / "python3.13")

    done = machine.run("manage", "check", "two words")

    assert done.returncode == 0, done.stderr
    assert done.stdout == f'[["check", "two words"], null, "{machine.home}"]\n'
    assert any("pip sync --require-hashes" in call for call in machine.uv_calls())


def test_byte_code_is_written_whatever_the_caller_says(machine: Machine) -> None:
    python(machine.path / "python3.13")

    done = machine.run("manage", PYTHONDONTWRITEBYTECODE="1")

    assert "null" in done.stdout


def test_the_second_time_nothing_is_installed_and_no_uv_is_needed(machine: Machine) -> None:
    python(machine.path / "python3.13")
    machine.run("manage")
    calls = machine.uv_calls()
    (machine.path / "uv").unlink()

    done = machine.run("manage")

    assert done.returncode == 0, done.stderr
    assert machine.uv_calls() == calls


def test_a_changed_lock_is_installed_into_the_same_environment(machine: Machine) -> None:
    python(machine.path / "python3.13")
    machine.run("manage")
    (machine.root / "requirements.lock").write_text("one==2\n")

    machine.run("manage")

    verbs = [call.removeprefix("--quiet ").split()[0] for call in machine.uv_calls()]
    assert verbs == ["--version", "venv", "pip", "--version", "pip"]


def test_an_environment_whose_python_is_gone_is_made_again(machine: Machine) -> None:
    python(machine.path / "python3.13")
    machine.run("manage")
    (machine.root / ".venv" / "bin" / "python").unlink()

    done = machine.run("manage")

    assert done.returncode == 0, done.stderr


def test_shims_that_do_not_run_are_passed_over_for_pyenvs_own(machine: Machine) -> None:
    for shim in ("python3.13", "python3.12", "python3", "python"):
        program(machine.path / shim, BROKEN)
    versions = machine.home / ".pyenv" / "versions"
    python(versions / "3.9.18" / "bin" / "python", "3, 9")
    python(versions / "3.14.0" / "bin" / "python", "3, 14")
    python(versions / "3.12.1" / "bin" / "python", "3, 12")
    python(versions / "3.13.2" / "bin" / "python")
    python(versions / "3.13.1" / "bin" / "python")
    program(versions / "3.13.10" / "bin" / "python", BROKEN)

    done = machine.run("manage")

    assert done.returncode == 0, done.stderr
    assert python_given_to_uv(machine) == f"{versions}/3.13.2/bin/python"


@pytest.mark.parametrize("variable", [True, False])
def test_pyenv_may_live_anywhere(machine: Machine, variable: bool) -> None:
    own = machine.home / "elsewhere" / "versions" / "3.12.4" / "bin" / "python"
    python(own, "3, 12")

    machine.run("manage", PYENV_ROOT=str(machine.home / "elsewhere") if variable else "")

    assert python_given_to_uv(machine) == (str(own) if variable else "3.13")


def test_a_python_that_is_too_old_is_not_taken(machine: Machine) -> None:
    python(machine.path / "python3", "3, 11")

    machine.run("manage")

    assert python_given_to_uv(machine) == "3.13"


def test_without_any_python_uv_brings_one(machine: Machine) -> None:
    done = machine.run("manage")

    assert done.returncode == 0, done.stderr
    assert "uv will bring one" in done.stderr
    assert python_given_to_uv(machine) == "3.13"


def test_without_uv_it_brings_its_own_by_any_python(machine: Machine) -> None:
    (machine.path / "uv").rename(machine.home / "uv")
    carrier = f"""#!/usr/bin/env bash
case "$*" in
  "-m uv --version") exit 1 ;;
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip install --quiet uv=="*) cp "{machine.home}/uv" "${{0%/python}}/uv" ;;
  *) exec {PYTHON} -c "import sys; sys.version_info = (3, 11); $2" ;;
esac
"""
    program(machine.path / "python3", carrier)

    done = machine.run("manage")

    assert done.returncode == 0, done.stderr
    assert (machine.root / ".uv" / "bin" / "uv").exists()
    assert "Installing uv" not in machine.run("lock").stderr  # the second time it is there


def test_without_uv_and_python_it_says_what_to_install(machine: Machine) -> None:
    (machine.path / "uv").unlink()

    done = machine.run("manage")

    assert done.returncode == 1
    assert "Install uv, or a Python with venv and pip" in done.stderr


def test_a_failed_installation_is_tried_again_next_time(machine: Machine) -> None:
    python(machine.path / "python3.13")
    uv = machine.path / "uv"
    uv.write_text(FAKE_UV + '[ "${last:-}" != sync ] && case "$last" in *.lock) exit 2 ;; esac\n')

    failed = machine.run("manage")
    uv.write_text(FAKE_UV)
    mended = machine.run("manage")

    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    assert mended.returncode == 0, mended.stderr


def test_paths_of_tests_are_meant_from_where_one_stands(machine: Machine) -> None:
    python(machine.path / "python3.13")
    tests = machine.root / "tests"
    (tests / "app").mkdir(parents=True)
    (tests / "app" / "test_it.py").touch()
    (tests / "__init__.py").touch()  # some package brings a folder of that name along
    (tests / "run.py").write_text(MANAGE)

    inside = machine.run("test", "test_it.py::test_a[x/y]", "-x", cwd=tests / "app")
    outside = machine.run("test", "tests/app/test_it.py")

    expected = f"{tests}/app/test_it.py::test_a[x/y]"
    assert inside.stdout == f'[["{expected}", "-x"], null, "{machine.root}"]\n'
    assert outside.stdout == f'[["tests/app/test_it.py"], null, "{machine.root}"]\n'


def test_bench_runs_the_named_one_and_keeps_its_status(machine: Machine) -> None:
    python(machine.path / "python3.13")
    program(machine.root / "benchmarks" / "slow.py", "import sys\nprint(sys.argv[1:]); sys.exit(1)")

    done = machine.run("bench", "slow", "--json")

    assert (done.stdout, done.returncode) == ("['--json']\n", 1)
    assert "there is no benchmarks/fast.py" in machine.run("bench", "fast").stderr


@pytest.mark.parametrize(("arguments", "status"), [((), 0), (("help",), 0), (("dance",), 2)])
def test_help_names_every_command(
    machine: Machine, arguments: tuple[str, ...], status: int
) -> None:
    done = machine.run(*arguments)

    assert done.returncode == status
    for command in ("up", "test", "manage", "bench", "lock"):
        assert f"./dev {command}" in done.stdout + done.stderr
    assert machine.uv_calls() == []


def test_no_machine_of_the_makers_is_named() -> None:
    for script in ("dev", ".ci/run", "Dockerfile", "docker-compose.yml"):
        text = (ROOT / script).read_text()
        assert "http" not in text.replace("http://localhost:8000", ""), script
        assert os.environ.get("HOME", "/root") + "/" not in text
