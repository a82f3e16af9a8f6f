"""Records in, typed rows out: ssescope runs beside each Spark task and reads the whole partition.

    spark-submit --files ssescope-rows spark.py records.parquet responses.parquet

The input has the columns of a record: source, and body or bodyBase64; times and others are optional. If a worker or
ssescope is lost, Spark runs the task again and drops the output of the first attempt.
"""

import os
import subprocess
import sys
import threading

import pyarrow
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col, from_json, struct, to_json

BATCH = 1000


def read_table(path):
    """Returns the columns of the shipped CREATE TABLE, in Spark's schema syntax."""
    with open(path, encoding="utf8") as file:
        text = file.read()
    return text[text.index("(\n") + 1 : text.rindex("\n)")]


def batch_of(rows):
    return pyarrow.RecordBatch.from_arrays([pyarrow.array(rows, pyarrow.string())], ["row"])


def run_ssescope(command):
    """Returns a function that reads one partition: JSON lines of records in, JSON lines of rows out."""

    def read_partition(batches):
        with subprocess.Popen([command], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            failure = []

            def write():
                try:
                    with process.stdin as pipe:
                        for batch in batches:
                            for record in batch.column(0):
                                pipe.write(record.as_py().encode() + b"\n")
                except BrokenPipeError:
                    pass  # The exit code of ssescope has the reason.
                except BaseException as error:
                    failure.append(error)
                    process.kill()

            writer = threading.Thread(target=write)
            writer.start()
            rows = []
            for line in process.stdout:
                rows.append(line.decode())
                if len(rows) == BATCH:
                    yield batch_of(rows)
                    rows = []
            writer.join()
            if failure:
                raise failure[0]
            if process.wait() != 0:
                # Spark drops the earlier rows too, and runs the task again.
                raise RuntimeError(f"{command} ended with exit code {process.returncode}")
            yield batch_of(rows)

    return read_partition


def rows_of(records: DataFrame, command: str, table: str) -> DataFrame:
    """Returns the rows of a table of records; `table` is the path of tables/spark.sql."""
    lines = records.select(to_json(struct("*")).alias("record"))
    rows = lines.mapInArrow(run_ssescope(command), "row string")
    return rows.select(from_json(col("row"), read_table(table)).alias("row")).select("row.*")


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    source, target = sys.argv[1:]
    spark = SparkSession.builder.appName("ssescope").getOrCreate()
    records = spark.read.json(source) if source.endswith(".ndjson") else spark.read.parquet(source)
    rows = rows_of(records, os.path.join(here, "ssescope-rows"), os.path.join(here, "..", "tables", "spark.sql"))
    rows.write.mode("overwrite").parquet(target)
