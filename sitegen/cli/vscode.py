"""The settings of VS Code for a site: the schema, the extension, and a task that reads the output of `check`.

The extension YAML completes and checks site.yaml but not front matter (redhat-developer/vscode-yaml #207): snippets
complete its keys, and the task shows its problems.
"""

import json
from typing import Any

_NOT_BY_HAND = ("l10n",)  # what a command writes
SNIPPETS = ".vscode/front-matter.code-snippets"
PROBLEM = r"^(\S[^:\r\n]*)(?::(\d+))?(?::(\d+))?: (error|warning|info): (.*)$"


def settings() -> dict[str, str]:
    """Return path → text of the settings that a person may change afterwards."""
    files: dict[str, Any] = {
        ".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
        ".vscode/settings.json": {
            "yaml.schemas": {"./docs/schema/site.schema.json": "site.yaml"},
            "yaml.yamlVersion": "1.2",
            "[markdown]": {"editor.quickSuggestions": {"other": True}, "editor.snippetSuggestions": "top"},
        },
        ".vscode/tasks.json": {"version": "2.0.0", "tasks": [_task()]},
    }
    return {path: json.dumps(content, indent=2) + "\n" for path, content in files.items()}


def _task() -> dict[str, Any]:
    """Return the task that checks the site: Terminal → Run Task → check."""
    return {
        "label": "check",
        "type": "shell",
        "command": "python",
        "args": ["build.py", "check", "--ui-language", "en"],
        "windows": {"command": "py"},
        "group": {"kind": "test", "isDefault": True},
        "problemMatcher": {
            "owner": "sitegen",
            "fileLocation": ["autoDetect", "${workspaceFolder}"],
            "pattern": {"regexp": PROBLEM, "file": 1, "line": 2, "column": 3, "severity": 4, "message": 5},
        },
    }


def snippets(front_matter: dict[str, Any]) -> dict[str, Any]:
    """Return one snippet for each key of front matter, from its schema."""
    return {
        f"front matter: {key}": {
            "scope": "markdown",
            "prefix": key,
            "body": _body(key, schema),
            "description": schema.get("description", key),
        }
        for key, schema in front_matter["properties"].items()
        if key not in _NOT_BY_HAND
    }


def _body(key: str, schema: dict[str, Any]) -> list[str]:
    """Return the lines that a key begins with; `$1` is where the writer goes on."""
    if "enum" in schema:
        return [f"{key}: ${{1|{','.join(schema['enum'])}|}}"]
    if schema.get("type") == "boolean":
        return [f"{key}: ${{1|true,false|}}"]
    if schema.get("type") == "array":
        inner = schema["items"].get("required", [])
        return [f"{key}:", f"  - {inner[0]}: $1" if inner else "  - $1"]
    if schema.get("type") == "object":
        inner = list(schema.get("properties", {}))
        return [f"{key}:", f"  {inner[0]}: ${{1|true,false|}}" if inner else "  $1"]
    if schema.get("format") == "date":
        return [f"{key}: ${{1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"]
    return [f"{key}: $1"]
