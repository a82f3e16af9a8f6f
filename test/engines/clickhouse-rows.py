# Reads records with the recipe for ClickHouse, and writes the rows as JSON lines: clickhouse-rows.py ROWS_FOLDER RECORDS TARGET
import os
import shutil
import sys

from chdb import session

folder, records, target = sys.argv[1:]
home = os.path.join(os.path.dirname(target), "clickhouse")
os.makedirs(os.path.join(home, "user_scripts"))
shutil.copy(os.path.join(folder, "engines", "ssescope-rows"), os.path.join(home, "user_scripts"))


def read(*path):
    with open(os.path.join(folder, *path)) as file:
        return file.read()


database = session.Session(home)
database.query(read("tables", "clickhouse.sql"))
columns = (
    "source String, body Nullable(String), bodyBase64 Nullable(String), startedAt Nullable(String), "
    "times Array(Tuple(Float64, UInt64))"
)
database.query(
    f"CREATE TABLE records ENGINE = MergeTree ORDER BY source AS SELECT * FROM file('{records}', JSONEachRow, '{columns}')"
)
for attempt in range(4):
    try:
        database.query(read("engines", "clickhouse.sql"))
        break
    except Exception as error:
        print(f"attempt {attempt + 1} failed: {str(error)[:300]}", file=sys.stderr)
        if attempt == 3:
            raise
settings = "output_format_json_quote_64bit_integers = 0, date_time_output_format = 'iso'"
rows = database.query(f"SELECT * FROM responses FINAL SETTINGS {settings}", "JSONEachRow")
with open(target, "wb") as file:
    file.write(rows.bytes())
