"""What is published as it is, and what below content/ looks like a page and is published by nobody."""

from sitegen.core.problems import Problem
from sitegen.pipeline.inputs import Inputs
from sitegen.site.strays import ignored_pages


def copied_files(inputs: Inputs, wanted: set[str]) -> dict[str, tuple[str, bytes]]:
    """Return output path → (source path, bytes) of everything that is copied: static/, and what pages refer to."""
    files = {asset.url: (asset.path, asset.data) for asset in inputs.static}
    for asset in inputs.files:
        if asset.url in wanted:
            files[asset.url] = (asset.path, asset.data)
            files.update({variant.url: (asset.path, variant.data) for variant in asset.variants})
    return files


def ignored_files(inputs: Inputs, wanted: set[str]) -> list[Problem]:
    """Return a warning for each kind of page-like file that no page refers to: page-ignored."""
    unused = [asset.path for asset in inputs.files if asset.url not in wanted]
    return ignored_pages([*unused, *inputs.copies])
