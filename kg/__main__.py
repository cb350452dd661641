"""`python -m kg`: the command line, for environments without the `kg` script."""

from kg.cli import main

main()
