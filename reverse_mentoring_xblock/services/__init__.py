"""Changing the world: one verb each, atomic, raising the domain's errors.

A service first writes to the row that it contends for (``claim``), then reads. On PostgreSQL and MySQL that takes
the row's lock; on SQLite it takes the database's write lock before any snapshot exists, so a transaction never has
to be thrown away half-way.
"""
