// Whoever imports this module names paths too, and needs no second import for it.
@_exported import SystemPackage

// A path is the bytes the system gives and takes: no encoding is promised for them, and none is
// assumed. `FilePath` keeps them as they are.
//
// What every write asks of a path is found in its bytes: `removingLastComponent`, `lastComponent` and
// `starts(with:)` take the path apart, which takes milliseconds in a debug build.

extension FilePath {
  /// What follows a NUL is cut off, since no path can hold one.
  package init(bytes: some Sequence<UInt8>) {
    self.init(platformString: bytes.map { CInterop.PlatformChar(bitPattern: $0) } + [0])
  }

  package var bytes: [UInt8] {
    withPlatformString { start in
      Array(UnsafeRawBufferPointer(start: start, count: length))
    }
  }

  /// Whether the path is `folder` or lies below it.
  package func isWithin(_ folder: FilePath) -> Bool {
    let (bytes, start) = (bytes, folder.bytes)
    guard bytes.starts(with: start) else { return false }
    return bytes.count == start.count || start.isEmpty || start.last == FilePath.separator
      || bytes[start.count] == FilePath.separator
  }

  /// The path with more bytes at its last component's end.
  package func adding(_ ending: String) -> FilePath { FilePath(bytes: bytes + ending.utf8) }

  /// The folder that holds the path's last component; `.` for a bare name.
  package var folder: FilePath {
    let bytes = bytes
    guard let separator = bytes.lastIndex(of: FilePath.separator) else { return "." }
    return separator == 0 ? "/" : FilePath(bytes: bytes[..<separator])
  }

  /// The last component's bytes; none where the path is a root or empty.
  package var nameBytes: [UInt8] {
    let bytes = bytes
    guard let separator = bytes.lastIndex(of: FilePath.separator) else { return bytes }
    return Array(bytes[(separator + 1)...])
  }

  private static let separator = UInt8(ascii: "/")

  /// From the root; what is relative starts at the folder one is in.
  ///
  /// A `..` behind a name stays: the name may be a link, and the folder above it another.
  package var absolute: FilePath {
    guard isRelative, var path = FilePath.current else { return self }
    var isBehindName = false
    for component in components where component.kind != .currentDirectory {
      if component.kind == .parentDirectory, !isBehindName {
        path.removeLastComponent()
      } else {
        path.append(component)
        isBehindName = true
      }
    }
    return path
  }
}

extension FilePath.Component {
  package var bytes: [UInt8] {
    withPlatformString { start in
      var count = 0
      while start[count] != 0 { count += 1 }
      return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
  }
}
