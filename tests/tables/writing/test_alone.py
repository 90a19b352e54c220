"""Files that are being written: by one process, and nothing that their names lead to."""

from contextlib import closing
from pathlib import Path

import pytest

from urlguard.errors import UsageError
from urlguard.tables.writing.alone import alone


def test_a_new_file_is_empty_and_one_that_is_gone_on_with_is_not(tmp_path: Path) -> None:
    path = tmp_path / "out.part"
    with closing(alone(path, new=True)) as out:
        out.write(b"rows")
    with closing(alone(path, new=False)) as out:
        assert out.read() == b"rows"
    alone(path, new=True).close()
    assert path.read_bytes() == b""


def test_a_file_that_is_gone_on_with_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        alone(tmp_path / "out.part", new=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("new", [True, False])
def test_a_link_is_not_written_through(tmp_path: Path, new: bool) -> None:  # noqa: FBT001  (a case)
    precious = tmp_path / "precious"
    precious.write_text("all there is")
    link = tmp_path / "out.part"
    link.symlink_to(precious)
    with pytest.raises(UsageError, match=r"out\.part: is a link to another file.*\n  mend: remove it"):
        alone(link, new=new)
    assert precious.read_text() == "all there is"


@pytest.mark.parametrize("new", [True, False])
def test_what_another_one_writes_stays_as_it_is(tmp_path: Path, new: bool) -> None:  # noqa: FBT001  (a case)
    pytest.importorskip("fcntl")
    path = tmp_path / "out.part"
    with closing(alone(path, new=True)) as out:
        out.write(b"rows")
        with pytest.raises(UsageError, match=r"out\.part: another scan is writing it\n  mend: wait"):
            alone(path, new=new)
        assert path.read_bytes() == b"rows"
    alone(path, new=new).close()
