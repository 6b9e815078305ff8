"""The search of the page, run in Node."""

import json
import shutil
import subprocess
from typing import Any

from support.site import PROJECT, TESTS, needs

ENGINE = (PROJECT / "sitegen/theme/static/js/search-engine.js").read_text(encoding="utf-8")


def ask(**values: object) -> Any:
    """Run tests/search.js with these values."""
    node = shutil.which("node")
    needs("node", node)
    text = json.dumps({"engine": ENGINE, **values})
    done = subprocess.run([str(node), str(TESTS / "search.js")], input=text.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)
