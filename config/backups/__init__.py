"""Backups: one file, closed with a key, that proves itself when it is opened.

The file is a tar archive in the `age` format, so that it can be opened without Fenjin too:
`manifest.json` (what was in every table, counted in the same snapshot), `database/NNNNN.part` (pieces of
one pg_dump), `files/…` (the data folder without database and logs), `SHA256SUMS`.
"""
