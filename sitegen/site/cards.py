"""Which social cards there are: one for the home page and for each section, in each language.

A card is kept beside the section's own page, under a name that never changes: a page does not change with a drawing.
"""

from sitegen.core.outlets import CARD_SIZE
from sitegen.core.views import CardView, Picture, Task
from sitegen.site.address import Node
from sitegen.site.tree import Tree

_NAME = "card.png"


def card_of(tree: Tree, key: str) -> Picture | None:
    """Return the card of the section that a page stands in; None when the site has no cards."""
    config = tree.site.config
    node = _section(tree, key) if config.cards and config.base_url else None
    return Picture(node.url + _NAME, *CARD_SIZE) if node else None


def _section(tree: Tree, key: str) -> Node | None:
    """Return the page at the head of a section; the home page where the language has none."""
    return tree.site.node(tree.lang, tree.section(key)) or tree.site.node(tree.lang, "index")


def card_tasks(trees: dict[str, Tree]) -> list[Task]:
    """Return a task for every card that some page shows."""
    tasks = {}
    for code, tree in trees.items():
        for lang, key in tree.site.nodes:
            node = _section(tree, key) if lang == code else None
            if node is not None:
                title, own = node.page.front.title, tree.site.config.language(node.page.lang)
                view = CardView(own.code, own.direction, node.url + _NAME, title, tree.language.title)
                tasks[view.url] = Task(view.url, "card", view, node.page.path)
    return list(tasks.values())
