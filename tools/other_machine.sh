#!/usr/bin/env bash
# The tests as on another machine: a clone of what is committed, as a user who owns nothing, with another language, time
# zone, umask, terminal and git configuration, a home that cannot be written, and a proxy that leads nowhere.
# Takes the arguments of pytest: tools/other_machine.sh tests/project/test_site.py
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
git -c safe.directory='*' clone --quiet "$project" "$folder/project"
mkdir "$folder/home" "$folder/elsewhere"
cat >"$folder/gitconfig" <<'GIT'
[user]
	name = Somebody Else
	email = else@example.org
[init]
	defaultBranch = trunk
[commit]
	gpgsign = true
[core]
	autocrlf = input
[safe]
	directory = *
GIT
# The packages of this project's environment, by an interpreter that any user may start.
python=${PYTHON:-/usr/bin/python3}
packages=$("$project/.venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
"$python" -m venv --without-pip "$folder/project/.venv"
echo "$packages" >"$folder/project/.venv/lib/python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')/site-packages/other.pth"
[ ! -d "$project/node_modules" ] || ln -s "$(readlink -f "$project/node_modules")" "$folder/project/node_modules"
as=()
if [ "$(id -u)" = 0 ]; then
    chown -R 65534:65534 "$folder"
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
chmod 500 "$folder/home"
umask 077
cd "$folder/project"
"${as[@]}" env -i PATH="$PATH" HOME="$folder/home" TMPDIR="$folder/elsewhere" TERM=dumb COLUMNS=47 NO_COLOR=1 CI=true \
    GITHUB_ACTIONS=true LC_ALL=tr_TR.UTF-8 LANGUAGE=sl TZ=Pacific/Chatham PYTHONHASHSEED=4711 \
    GIT_CONFIG_GLOBAL="$folder/gitconfig" GIT_CONFIG_NOSYSTEM=1 \
    HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 http_proxy=http://127.0.0.1:9 \
    .venv/bin/python -m pytest "$@"
