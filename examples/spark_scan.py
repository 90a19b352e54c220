"""A million invented links through Spark: judged, written as Parquet, counted by level.

python examples/spark_scan.py [ROWS [FOLDER]]
"""

import os
import sys
import time

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  (as everybody calls them)

from urlguard.spark import scored

LINKS = (
    "https://site-#.example.kz/news?id=#", "http://www.shop#.example/catalog/item-#.html",
    "https://forum.example.org/t/#/last", "blog-#.example.net/2026/11/post", "https://kaspi.kz/shop/p/#/",
    "https://t.me/s/kanal_#", "https://www.google.com/search?q=#", "https://docs.example.kz/file#.pdf",
    "https://kaspi-bonus#.top/login", "https://secure-halyk#.xyz/verify",
)  # fmt: skip


def invented(spark: SparkSession, rows: int) -> DataFrame:
    """Return distinct links, the same each time; one in five is bad."""
    number = F.col("id").cast("string")
    link = F.get(F.array(*map(F.lit, LINKS)), F.col("id") % len(LINKS))
    return spark.range(rows).select("id", F.replace(link, F.lit("#"), number).alias("link"))


def main(rows: int = 1_000_000, folder: str = "scored.parquet") -> None:
    """Judge the links, and print how many are of which level, and how long it took."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers with the packages of this program
    spark = SparkSession.builder.appName("urlguard").getOrCreate()
    begin = time.perf_counter()
    scored(invented(spark, rows), "link").write.mode("overwrite").parquet(folder)
    seconds = time.perf_counter() - begin
    found = spark.read.parquet(folder)
    for row in found.groupBy("level").count().orderBy("level").collect():
        print(f"{row['level'] or 'error':<12}{row['count']:>12,}")
    worst = found.where("level = 'dangerous'").orderBy("id").select("link", "reasons").first()
    if worst:
        print(worst["link"], worst["reasons"], sep="\n  ")
    print(f"{rows:,} rows in {seconds:.1f} s: {rows / seconds:,.0f} rows/s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:3])
