# Prints the rows of a folder of Parquet files as JSON lines: parquet-rows.py FOLDER
import json
import sys

import pyarrow.parquet

for row in pyarrow.parquet.read_table(sys.argv[1]).to_pylist():
    row["rules"] = dict(row["rules"])
    at = row["started_at"]
    row["started_at"] = None if at is None else at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"
    print(json.dumps(row))
