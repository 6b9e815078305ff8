"""The option `--config`, which all verbs that read the settings of a site have. Reads nothing itself."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


def add_config(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the option."""
    parser.add_argument(
        "--config", metavar=say("FILE"), default="site.yaml", help=say("the settings file (default: site.yaml)")
    )
