"""Run pytest on each database server, with the same arguments; fail if any run fails.

All servers at once: a run mostly waits for its server's disk, above all while the tables are made and emptied.
"""

import os
import subprocess
import sys

SERVERS = {
    "PostgreSQL": os.environ.get("RM_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/test"),
    "MariaDB": os.environ.get("RM_MARIADB_URL", "mysql://root@127.0.0.1:3306/test"),
}


def main():
    runs = {name: start(url) for name, url in SERVERS.items()}
    failed = []
    for name, run in runs.items():
        print(f"\n===== {name}", flush=True)
        for line in run.stdout:
            print(line, end="", flush=True)
        if run.wait():
            failed.append(name)
    if failed:
        sys.exit(f"failed on {', '.join(failed)}")


def start(url):
    """Pytest as a process of its own, whose output is told apart by being read one run after the other."""
    environment = {**os.environ, "RM_DATABASE_URL": url}
    return subprocess.Popen(
        ["pytest", *sys.argv[1:]], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


if __name__ == "__main__":
    main()
