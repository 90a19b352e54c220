"""A Spark DataFrame scored in Spark's local mode: what `urlguard scan` says of the same rows, row by row."""

import importlib.util
import json
import os
import runpy
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from conftest import Loopback

from urlguard import Guard
from urlguard.errors import Damaged, PackErrors, RegistryError, UrlguardError, UsageError
from urlguard.packs.book import load_book
from urlguard.record import Row
from urlguard.registry.importing import Terms
from urlguard.registry.registry import Registry
from urlguard.scanning.judging import Judge
from urlguard.spark import scored
from urlguard.spark.batches import judge_of
from urlguard.spark.shipping import shipped
from urlguard.tables.rows import ADDED

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "scale.md"
REAL_LOOKUP: Final = socket.getaddrinfo

pytestmark = pytest.mark.filterwarnings(
    "ignore:PySpark does not yet fully support pandas:FutureWarning",  # of versions newer than itself
    "ignore:unclosed:ResourceWarning",  # py4j leaves its sockets to the end of the process
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java: put one in PATH or name it in JAVA_HOME")
    for name in ("pandas", "pyarrow"):
        pytest.importorskip(name, reason="pip install 'urlguard[spark]'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", Loopback)
        patch.setattr(socket, "getaddrinfo", REAL_LOOKUP)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        sql = pytest.importorskip("pyspark.sql", reason="pip install 'urlguard[spark]'")
        builder = sql.SparkSession.builder.master("local[2]")
        for name, value in {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # starts sooner, and that is all here
            "spark.ui.enabled": "false",
            "spark.log.level": "OFF",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "20",
            "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        }.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


# The same results


def test_rows_are_judged_as_by_a_judge(spark: Any) -> None:  # noqa: ANN401  (an optional library)
    judge = Judge(Guard(lang="ru"))
    names = ("links.txt", "ads.txt")
    cells = [line for name in names for line in (ROOT / "examples" / name).read_text("utf-8").splitlines()]
    cells += ["ok", "срочно назовите код " * 5_500, "https://kaspi-bonus.top/", "https://kaspi-bonus.top/"]
    frame = spark.createDataFrame([(at, cell) for at, cell in enumerate(cells)], ["id", "cell"])
    rows = scored(frame.coalesce(1), "cell", lang="ru").collect()
    assert [row["cell"] for row in rows] == cells
    assert rows[0].asDict().keys() == {"id", "cell", *ADDED}
    optional = {"brand", "scheme", "error"}
    for row in rows:
        one = judge.find(row["cell"])._asdict()
        expected = {name: one[name] or None if name in optional else one[name] for name in ADDED}
        if not one["level"]:
            expected |= {"level": None, "score": None}
        assert {name: row[name] for name in ADDED} == expected, row["cell"]
    assert {row["level"] for row in rows} == {"clear", "suspicious", "dangerous", None}


def test_several_columns_are_judged_as_by_a_scan(spark: Any, tmp_path: Path) -> None:  # noqa: ANN401  (as above)
    rows: list[dict[str, Any]] = [
        {"note": "a", "link": "https://kaspi-bonus.top/", "text": None, "phone": 77011234567},
        {"note": "b", "link": "", "text": " ", "phone": None},
        {"note": "c", "link": "ok", "text": None, "phone": None},
        {"note": "d", "link": "https://kaspi.kz/", "text": "Сообщите код из СМС", "phone": 77011234567},
        {"note": None, "link": "t.me/x", "text": "\u0000\u202e код ='", "phone": 1},
    ]
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    columns = ("--column", "link", "--column", "text", "--column", "phone")
    command = [
        sys.executable,
        "-m",
        "urlguard",
        "scan",
        str(given),
        "--output",
        str(out),
        *columns,
        "--exit-zero",
    ]
    subprocess.run(command, check=False, capture_output=True)
    scanned = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    schema = "note string, link string, text string, phone bigint"
    frame = spark.createDataFrame([tuple(row.values()) for row in rows], schema).coalesce(1)
    judged = [row.asDict() for row in scored(frame, ["phone", "link", "text"]).collect()]
    for number, row in enumerate(judged, 1):
        if row["error"]:  # a scan knows where the row stands
            row["error"] = f"{given}:{number}: {row['error']}"
    assert judged == scanned
    assert sum(row["error"] is not None for row in judged) == 2


def test_every_column_and_partition_passes_as_it_is(spark: Any) -> None:  # noqa: ANN401  (as above)
    frame = spark.sql(
        "SELECT 'https://kaspi-bonus.top/' AS `a.b`, 1 AS x, 2 AS X, 's' AS Score, null AS void,"
        " X'00ff' AS bytes, timestamp'2026-01-02 03:04:05.678901' AS ts, 1.50BD AS price,"
        " map('k', array(1)) AS m, named_struct('u', 'halyk-bonus.top') AS st, interval '1' day AS span"
    )
    judged = scored(frame.repartition(3), "a.b")  # two of them empty
    assert judged.columns == [*frame.columns, *(f"urlguard_{name}" for name in ADDED)]
    assert judged.dtypes[: len(frame.columns)] == frame.dtypes
    row = tuple(judged.collect()[0])
    assert row[: len(frame.columns)] == tuple(frame.collect()[0])
    assert row[len(frame.columns)] == "dangerous"


@pytest.mark.parametrize(
    ("cell", "column", "level", "error"),
    [
        pytest.param("cast(X'ff2e746f70' AS string)", "cell", None, "not valid UTF-8", id="no UTF-8"),
        pytest.param("array('ok', 'kaspi-bonus.top')", "cell", "dangerous", None, id="array"),
        pytest.param(
            "named_struct('u', 'kaspi-bonus.top')", "CELL", "dangerous", None, id="struct, other case"
        ),
        pytest.param("date'12345-01-02'", "1", None, "nothing to judge in the judged columns", id="far date"),
    ],
)
def test_odd_cells_are_judged_or_errors(
    spark: Any,  # noqa: ANN401  (as above)
    cell: str, column: str, level: str | None, error: str | None,
) -> None:  # fmt: skip
    frame = scored(spark.sql(f"SELECT {cell} AS cell"), column)
    row = frame.select("level", "error").collect()[0]
    assert tuple(row) == (level, error)


# What is refused before any job


@pytest.mark.parametrize(
    ("columns", "named", "raised", "says"),
    [
        pytest.param("lnik", {}, UsageError, "there is no column 'lnik'", id="no such column"),
        pytest.param([], {}, UsageError, "no column to judge", id="no column"),
        pytest.param("bytes", {}, UsageError, "holds bytes", id="bytes"),
        pytest.param("x", {}, UsageError, "two columns are named 'x'", id="a name twice"),
        pytest.param("cell", {"lang": "de"}, UsageError, "unknown language", id="language"),
        pytest.param("cell", {"packs": ["no-such"]}, UsageError, "no rule packs at", id="no packs"),
        pytest.param("cell", {"registry": "no-such.db"}, RegistryError, "no registry here", id="no registry"),
        pytest.param("cell", {"registry": __file__}, Damaged, "this is no registry", id="another file"),
        pytest.param(
            "cell", {"registry": "no-such.db", "ship": False}, RegistryError, "no registry here",
            id="no registry on the driver",
        ),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_at_once(
    spark: Any,  # noqa: ANN401  (as above)
    columns: Any, named: dict[str, Any], raised: type[UrlguardError], says: str,  # noqa: ANN401  (as above)
) -> None:  # fmt: skip
    frame = spark.sql("SELECT 'a.top' AS cell, X'00' AS bytes, 1 AS x, 2 AS X")
    with pytest.raises(raised, match=says):
        scored(frame, columns, **named)


def test_a_wrong_pack_and_a_type_without_arrow_are_refused_at_once(spark: Any, tmp_path: Path) -> None:  # noqa: ANN401  (as above)
    pack = tmp_path / "wrong.yaml"
    pack.write_text("sectoins: {}\n")
    with pytest.raises(PackErrors, match=r"wrong\.yaml:1: "):
        scored(spark.sql("SELECT 'a.top' AS cell"), "cell", packs=[pack])
    with pytest.raises(UsageError, match="cast it to a string"):
        scored(spark.sql("SELECT 'a.top' AS cell, interval '1' year AS years"), "cell")


def test_a_node_with_another_version_ends_the_job(spark: Any) -> None:  # noqa: ANN401  (as above)
    rules = shipped(spark.sparkContext, Guard(), None, ship=True)
    with pytest.raises(UsageError, match=r"the driver 0\.0\.1"):
        judge_of(rules._replace(version="0.0.1"))


# The registry


def test_the_registry_is_sent_as_it_is_at_that_moment(spark: Any, tmp_path: Path) -> None:  # noqa: ANN401  (as above)
    path = tmp_path / "registry.db"
    links = ["https://kirpish-zauyt.example/a", "bazar-x.example", "карта 4400 4301 7777 7775 до вечера"]
    frame = spark.createDataFrame([(link,) for link in links], ["cell"]).coalesce(1)
    _enter(path, "kirpish-zauyt.example")
    before = scored(frame, "cell", registry=path)
    _enter(path, "bazar-x.example", "4400430177777775")
    after = scored(frame, "cell", registry=str(path))
    judge = Judge(Guard(registry=path))
    expected = [judge.find(link).entries for link in links]
    assert all(expected)
    assert [row["entries"] for row in before.collect()] == [expected[0], "", ""]
    assert [row["entries"] for row in after.collect()] == expected
    on_nodes = scored(frame, "cell", registry=path, ship=False)
    assert [row["entries"] for row in on_nodes.collect()] == expected
    files = [name for name in spark.sparkContext.listFiles if "urlguard" in name]
    scored(frame, "cell", registry=path)
    assert [name for name in spark.sparkContext.listFiles if "urlguard" in name] == files
    assert len(files) == 2
    assert not list(Path(files[0].removeprefix("file:")).parent.glob("*.key"))


def _enter(path: Path, *values: str) -> None:
    registry = Registry(path, load_book([]))
    rows = [Row(line, value) for line, value in enumerate(values, 1)]
    report = registry.take(rows, Terms(actor="tester"), poison=lambda *_: None, cards=True)
    registry.close()
    assert report.new == len(values), report.rejects


# Examples


def test_the_example_runs(spark: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ANN401  (as above)
    del spark  # the example takes the session there is
    script = runpy.run_path(str(ROOT / "examples" / "spark_scan.py"))
    script["main"](2_000, str(tmp_path / "scored.parquet"))
    said = capsys.readouterr().out
    assert "clear              1,600\ndangerous            400\nhttps://kaspi-bonus8.top/login\n" in said


@pytest.mark.parametrize("library", ["duckdb", "polars"])
def test_a_recipe_runs(library: str) -> None:
    if not importlib.util.find_spec(library):
        pytest.skip(f"pip install {library}")
    script = ROOT / "examples" / f"{library}_scan.py"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", script], capture_output=True, cwd=ROOT, encoding="utf-8", check=True
    )
    assert "dangerous 100 https://kaspi-bonus.top/login" in ran.stdout


@pytest.mark.parametrize("library", ["duckdb", "polars"])
def test_the_page_shows_the_recipe(library: str) -> None:
    script = (ROOT / "examples" / f"{library}_scan.py").read_text("utf-8")
    code = script.partition('"""\n\n')[2]
    assert f"```py\n{code}```\n" in PAGE.read_text("utf-8")
