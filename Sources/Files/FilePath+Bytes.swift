// Whoever imports this module names paths too, and needs no second import for it.
@_exported import SystemPackage

// A path is the bytes the system gives and takes: no encoding is promised for them, and none is
// assumed. `FilePath` keeps them as they are.

extension FilePath {
  /// What follows a NUL is cut off, since no path can hold one.
  package init(bytes: some Sequence<UInt8>) {
    self.init(platformString: bytes.map { CInterop.PlatformChar(bitPattern: $0) } + [0])
  }

  package var bytes: [UInt8] {
    withPlatformString { start in
      UnsafeBufferPointer(start: start, count: length).map { UInt8(bitPattern: $0) }
    }
  }

  /// The path with more bytes at its last component's end.
  package func adding(_ ending: String) -> FilePath { FilePath(bytes: bytes + ending.utf8) }

  /// The folder that holds the path's last component; `.` for a bare name.
  package var folder: FilePath {
    let folder = removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

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
      var bytes: [UInt8] = []
      while start[bytes.count] != 0 { bytes.append(UInt8(bitPattern: start[bytes.count])) }
      return bytes
    }
  }
}
