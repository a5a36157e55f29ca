"""`python -m benchmarks [--size small] [NAME …]`: without a name, all of them."""

from __future__ import annotations

import argparse
import signal
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.harness import stolen

FOUNDATION = {"__init__", "__main__", "harness", "servers", "load", "shift_of_operators", "bare", "crowd", "claimers"}


def names() -> list[str]:
    """The benchmarks there are: every file here that is not part of the foundation."""
    return sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - FOUNDATION)


def main() -> int:
    """Run what was asked for; exit code 1 when a budget was missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--size", choices=["small", "full"], default="full")
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    # Who is told to stop stops the servers of the benchmark first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    is_ok = True
    for name in options.names or names():
        with stolen() as share:
            result = import_module(f"benchmarks.{name}").measure(options.size)
        print(result.as_json(), flush=True)
        if share:
            print(f"{share[0]:.0%} of the time this machine wanted for work went to others on its host", flush=True)
        is_ok = is_ok and result.ok
    return 0 if is_ok else 1


if __name__ == "__main__":
    sys.exit(main())
