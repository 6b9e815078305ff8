"""The settings of the web editor, config.yml: where the sources are, the languages, one collection of all pages."""

import re
from collections.abc import Mapping
from typing import Any

from sitegen.model.admin import COLLECTION, Admin
from sitegen.model.config import Config
from sitegen.model.phrases import Says
from sitegen.model.words import T_
from sitegen.outputs.admin.fields import all_fields

# The comment names the schema by which programs check the file; it is read by no browser.
_SCHEMA = "# yaml-language-server: $schema=https://unpkg.com/@sveltia/cms/schema/sveltia-cms.json"
_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9a-fA-FoOxX.+-]*\Z")
_FORMAT = "sitegen-frontmatter"  # the adapter registers it; the editor asks for this ending of the name


def configuration(config: Config, admin: Admin, title: str, say: Says) -> dict[str, Any]:
    """Return the settings; `title` is that of the site, in the language that `say` speaks."""
    codes = [config.default_language, *(code for code in config.declared if code != config.default_language)]
    settings: dict[str, Any] = {"backend": _backend(admin, say)}
    if admin.workflow == "review":
        settings["publish_mode"] = "editorial_workflow"
    if config.base_url:
        settings["site_url"] = config.base_url
    return {
        **settings,
        "app_title": title,
        "media_folder": "",  # a picture is saved next to its page
        "public_folder": "",
        "media_libraries": {"stock_assets": {"providers": []}},  # they are on other hosts, which the policy refuses
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "i18n": {
            "structure": "multiple_folders",
            "locales": codes,
            "default_locale": config.default_language,
            "initial_locales": "default",  # nobody has to write a page in all languages at once
            "canonical_slug": {"key": "translation_key"},
        },
        "collections": [_pages(say)],
    }


def _backend(admin: Admin, say: Says) -> dict[str, Any]:
    settings: dict[str, Any] = {"name": admin.backend, "repo": admin.repository, "branch": admin.branch}
    if admin.host:
        settings |= {"base_url": admin.host, "api_root": f"{admin.host}/api/v4"}
    if admin.sign_in:
        settings["base_url"] = admin.sign_in
    elif admin.application:
        settings |= {"auth_type": "pkce", "app_id": admin.application}
    else:
        settings["auth_methods"] = ["token"]
    page = "{{slug}}"
    messages = {
        "create": say(T_("Add {page}")),
        "update": say(T_("Edit {page}")),
        "delete": say(T_("Delete {page}")),
        "uploadMedia": say(T_("Add {page}")),
        "deleteMedia": say(T_("Delete {page}")),
    }
    media = "{{path}}"
    settings["commit_messages"] = {
        name: text.format(page=media if name.endswith("Media") else page) for name, text in messages.items()
    }
    return settings


def _pages(say: Says) -> dict[str, Any]:
    """Return the one collection: all pages, in the tree of their folders."""
    return {
        "name": COLLECTION,
        "label": say(T_("Pages")),
        "label_singular": say(T_("Page")),
        "icon": "article",
        "folder": "content/{{locale}}",
        "extension": "md",
        "format": _FORMAT,
        "i18n": True,
        "create": True,
        "media_folder": "",
        "public_folder": "",
        "nested": {"subfolders": False},
        "meta": {"path": {"index_file": "index"}},  # the folder of a new page can be chosen
        "slug": {"template": "{{title}}", "editable": ["create"]},  # a name that changes breaks links
        "summary": "{{title}}",
        "identifier_field": "title",
        "sortable_fields": ["title", "date", "weight"],
        "aliases_field": False,
        "fields": all_fields(say),
    }


def as_yaml(settings: Mapping[str, Any]) -> str:
    """Return settings as YAML. The editor reads YAML 1.2, to which more words are numbers than to YAML 1.1: `1e3`."""
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def text_node(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if _NUMBER.match(text) else None)

    Dumper.add_representer(str, text_node)
    text = yaml.dump(dict(settings), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)
    return f"{_SCHEMA}\n# Generated from site.yaml and the types of the generator.\n{text}"
