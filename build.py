"""Builds the site: `python build.py`; all commands: `python build.py --help`."""

import sys

from digest.cli import main

if __name__ == "__main__":
    sys.exit(main())
