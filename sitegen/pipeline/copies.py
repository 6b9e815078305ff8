"""What below content/ looks like a page and is not published."""

from sitegen.core.problems import Problem
from sitegen.pipeline.inputs import Inputs
from sitegen.site.strays import ignored_pages


def ignored_files(inputs: Inputs, wanted: set[str]) -> list[Problem]:
    """Return a warning for each kind of page-like file that no page refers to: page-ignored."""
    unused = [asset.path for asset in inputs.files if asset.url not in wanted]
    return ignored_pages([*unused, *inputs.copies])
