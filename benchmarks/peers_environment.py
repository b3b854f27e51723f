"""The other blocks' own environment, so that none of their packages comes near ours."""

import json
import subprocess
import sys
import venv
from importlib.metadata import distributions, requires
from pathlib import Path

OURS = "reverse-mentoring-xblock"
PEERS = ("xblock-drag-and-drop-v2>=5,<6", "xblock-poll>=1.16,<2")


def peers_python(folder: Path) -> Path:
    """The interpreter of the environment in ``folder``, made once and made again when its packages should differ.

    What both sides share (Django, XBlock and so on) has the versions of the environment that runs this.
    """
    python = folder / "bin" / "python"
    wanted = [*PEERS, *(line.split(";")[0].strip() for line in requires(OURS) or ())]
    same = sorted(f"{d.name}=={d.version}" for d in distributions() if d.name.lower() != OURS)
    recipe = json.dumps([sys.version, wanted, same])
    ready = folder / "ready.json"
    if ready.exists() and ready.read_text() == recipe:
        return python
    print(f"Setting up {folder} for the other blocks (once, about a minute)", flush=True)
    venv.create(folder, clear=True, with_pip=True)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(same))
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--constraint", str(constraints), *wanted], check=False).returncode:
        sys.exit("The other blocks could not be installed. What pip says about it stands above.")
    ready.write_text(recipe)
    return python
