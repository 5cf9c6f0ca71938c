# Sourced by the commands: makes sure of a Swift toolchain and the system libraries, and installs
# the libraries that are missing.

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

require_swift() {
  command -v swift >/dev/null 2>&1 ||
    fail "There is no swift here. Install Swift 6.2 or later (swift.org/install) and run this again."
}

# Runs a command as root, with sudo only where it is needed.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else
    fail "Installing packages needs root or sudo. Run as root: $*"
  fi
}

# Debian packages that are not installed yet, of those named.
missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
      printf '%s ' "$package"
  done
}

# install_libraries [PACKAGE ...]: the libraries Satchel links, and what else is named.
install_libraries() {
  case "$(uname -s)" in
    Darwin)
      # SQLite and zlib are the SDK's own.
      local include
      include="$(brew --prefix 2>/dev/null || echo /usr/local)/include"
      [ -e "$include/qrencode.h" ] && [ -e "$include/zip.h" ] && return
      command -v brew >/dev/null 2>&1 ||
        fail "libqrencode or libzip is missing. Install Homebrew (brew.sh), or both by hand."
      brew install qrencode libzip pkg-config
      ;;
    Linux)
      command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 ||
        fail "There is no apt-get here. Install the headers of SQLite 3.37+, zlib, libqrencode and libzip."
      local missing
      missing=$(missing_packages libsqlite3-dev zlib1g-dev libqrencode-dev libzip-dev pkg-config "$@")
      [ -n "$missing" ] || return 0
      echo "Installing $missing"
      as_root apt-get update -qq
      # shellcheck disable=SC2086
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null ||
        fail "apt-get could not install: $missing"
      ;;
    *) fail "Satchel builds on Linux and macOS." ;;
  esac
}

# install_if_possible PACKAGE ...: each that can be had, without a word about those that cannot.
install_if_possible() {
  command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || return 0
  local package
  for package in $(missing_packages "$@"); do
    (as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package") >/dev/null 2>&1 ||
      echo "Without $package."
  done
}

# Sets SATCHEL to the tool, building it first unless SATCHEL names one.
build_tool() {
  [ -z "${SATCHEL:-}" ] || return 0
  require_swift
  install_libraries
  echo "Building satchel (a few minutes the first time) ..."
  link_options
  swift build -c release --product satchel ${linking[@]+"${linking[@]}"}
  SATCHEL="$(swift build -c release --show-bin-path)/satchel"
}

# Sets `linking`: one file that starts in half the time and runs where there is no Swift. It exports
# no symbols, and has the C++ library in it, whose thousands of symbols would else be looked up at
# each start; and it looks for no libraries beside itself. macOS has Swift built in.
link_options() {
  linking=()
  [ "$(uname -s)" != Darwin ] || return 0
  linking=(--static-swift-stdlib --disable-local-rpath -Xlinker --no-export-dynamic)
  local archive
  archive=$(clang -print-file-name=libstdc++.a 2>/dev/null) || return 0
  [ -f "$archive" ] || return 0
  # A folder of its own, where the linker finds no shared one.
  mkdir -p .build/static
  ln -sf "$archive" .build/static/
  linking+=(-Xlinker "-L$PWD/.build/static")
}

# What Tests/run.sh and Tests/soak.sh build and run: optimized, for what they check takes several times
# as long without, and with nothing for a debugger; in a folder of their own, since warnings are errors.
scratch=.build-checks
checks=(-c release --scratch-path "$scratch" -Xswiftc -enable-testing -Xswiftc -gnone)

# Builds the checks, where warnings are errors and imports follow the layers. Sets `products` to the
# folder of what was built, and SATCHEL to the tool in it.
build_checks() {
  export SATCHEL_STRICT=1
  swift build --build-tests --explicit-target-dependency-import-check error "${checks[@]}"
  products=$(swift build "${checks[@]}" --show-bin-path)
  export SATCHEL=$products/satchel
}

# run_checks [OPTION ...]: the tests, or those that the options choose.
run_checks() { swift test --skip-build "${checks[@]}" "$@"; }
