"""The option `--config` of all commands that read site.yaml; a module without heavy imports."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


def add_config(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the option."""
    parser.add_argument(
        "--config", metavar=say("FILE"), default="site.yaml", help=say("the settings file (default: site.yaml)")
    )
