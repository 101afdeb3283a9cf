"""`python -m monitor` is the same door as the console script."""

import sys

from monitor.cli import main

sys.exit(main())
