"""Time of `make demo` on a fresh clone: from nothing, and again."""

import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for what in ("from nothing", "again"):
            begin = time.perf_counter()
            subprocess.run(["make", "demo"], cwd=clone, check=True, stdout=subprocess.DEVNULL)
            print(f"make demo {what}: {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
