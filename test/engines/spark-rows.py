# Reads records with the recipe for Spark, and writes the rows as JSON lines: spark-rows.py ROWS_FOLDER RECORDS TARGET
import os
import sys

folder, records, target = sys.argv[1:]
sys.path.insert(0, os.path.join(folder, "engines"))
import spark as recipe
from pyspark.sql import SparkSession
from pyspark.sql.functions import struct, to_json

# Two tasks at a time, and each may fail three times.
session = (
    SparkSession.builder.master("local[2,4]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.warehouse.dir", os.path.join(os.path.dirname(target), "warehouse"))
    .getOrCreate()
)
session.sparkContext.setLogLevel("OFF")
table = os.path.join(folder, "tables", "spark.sql")
rows = recipe.rows_of(
    session.read.json(records).repartition(3), os.path.join(folder, "engines", "ssescope-rows"), table
)
with open(table) as file:
    session.sql(file.read().strip().rstrip(";"))
rows.write.insertInto("responses")
options = {"ignoreNullFields": "false", "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"}
with open(target, "w") as file:
    for (line,) in session.table("responses").select(to_json(struct("*"), options)).toLocalIterator():
        file.write(line + "\n")
session.stop()
