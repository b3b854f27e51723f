"""Run pytest once per database server, with the same arguments; fail if any run fails."""

import os
import subprocess
import sys

SERVERS = {
    "PostgreSQL": os.environ.get("RM_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/test"),
    "MariaDB": os.environ.get("RM_MARIADB_URL", "mysql://root@127.0.0.1:3306/test"),
}


def main():
    failed = []
    for name, url in SERVERS.items():
        print(f"\n===== {name}", flush=True)
        environment = {**os.environ, "RM_DATABASE_URL": url}
        if subprocess.run(["pytest", *sys.argv[1:]], env=environment, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed on {', '.join(failed)}")


if __name__ == "__main__":
    main()
