"""Pack the example course as the archive that Studio imports."""

import sys
import tarfile
from pathlib import Path


def pack(target: Path, source: Path = Path(__file__).parent / "onboarding-course") -> Path:
    """Write ``target`` (.tar.gz): the course's folder under the name ``course``, without owners or local times."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:gz") as archive:
        archive.add(source, arcname="course", filter=_plain)
    return target


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    return member


if __name__ == "__main__":
    print(pack(Path(sys.argv[1])))
