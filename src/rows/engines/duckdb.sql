-- Rows in, a typed table and Parquet out. Run tables/duckdb.sql first. Existing rows are replaced, also those of an attempt
-- that was cut off: row_id is the same in every run.
CREATE OR REPLACE TEMP TABLE incoming AS FROM responses LIMIT 0;
COPY incoming FROM 'rows.ndjson' (FORMAT json, ARRAY false);
INSERT OR REPLACE INTO responses SELECT DISTINCT ON (row_id) * FROM incoming;
COPY (FROM responses ORDER BY source, stream_index, response_index) TO 'responses.parquet' (FORMAT parquet);
