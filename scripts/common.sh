# Shared by the scripts of this folder; sourced, never run.

# shellcheck disable=SC2034
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
    bold='' dim='' red='' green='' plain=''
fi

say() { printf '%s\n' "$*"; }

# One clear sentence, and the end.
fail() {
    printf '%s%s%s\n' "$red" "$*" "$plain" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null 2>&1 || fail "$2"
}

need_dotnet() {
    need dotnet "The .NET SDK 10 is needed and 'dotnet' is not found. Install it from https://dot.net and start again."
    dotnet --version >/dev/null 2>&1 ||
        fail "'dotnet' has no SDK that global.json allows (10.0.100 or later). Install the .NET SDK 10 from https://dot.net."
}

# build <project>: only when something changed since it last went well; quiet unless it goes wrong.
build() {
    local output stamp=$1/bin/Release/.built
    if [ -e "$stamp" ] && [ -z "$(find src Directory.*.props global.json -newer "$stamp" \
        \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.json' \) \
        -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
        return 0
    fi
    say "${dim}Building $1 …$plain"
    if ! output=$(dotnet build "$1" -c Release --nologo -v quiet 2>&1); then
        printf '%s\n' "$output" >&2
        fail "$1 could not be built; the lines above say why."
    fi
    touch "$stamp"
}

# The value of a string field in a flat JSON text on stdin.
field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

# is_open <host> <port>
is_open() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

is_alive() { kill -0 "$1" 2>/dev/null; }

# stop <pid> <seconds>: asks, waits, and only then insists.
stop() {
    local pid=$1 tenths=$(($2 * 10))
    is_alive "$pid" || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    while is_alive "$pid" && [ "$tenths" -gt 0 ]; do
        sleep 0.1
        tenths=$((tenths - 1))
    done
    if is_alive "$pid"; then
        kill -KILL "$pid" 2>/dev/null || true
        return 1
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# Installs Debian packages where that needs no password.
install_packages() {
    local wanted=("$@")
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        return 1
    fi
    say "${dim}Installing ${wanted[*]} …$plain"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${wanted[@]}" >/dev/null 2>&1 ||
        { as_root apt-get update -q >/dev/null 2>&1 &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${wanted[@]}" >/dev/null 2>&1; }
}

loud() { printf '%s!! %s%s\n' "$bold$red" "$*" "$plain" >&2; }
