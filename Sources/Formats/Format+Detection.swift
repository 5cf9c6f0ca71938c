import Files

extension Format {
  /// What the file or folder at `path` looks like: the first of `formats` that knows it as its own,
  /// otherwise pages, each of which tells by itself whether a mirror laid it out.
  package static func detected(at path: FilePath, among formats: [Format] = readable) -> Format {
    detected(FormatSample(of: path), among: formats)
  }

  /// The same of what was looked at already.
  package static func detected(
    _ sample: FormatSample, among formats: [Format] = readable
  ) -> Format {
    formats.first { $0.isLike?(sample) == true } ?? .mirror
  }
}

/// What a format is recognized by.
package struct FormatSample: Sendable {
  /// The name of the file or folder, as people are shown it.
  package let name: String
  package let isFolder: Bool
  /// The file's first bytes; empty for a folder, and for what cannot be read.
  package let head: [UInt8]
  /// What the bytes tell; nil where they begin as no format but pages does.
  let start: FormatHead?

  /// What lies in a folder; empty for a file.
  package let names: [String]

  /// How many of a file's bytes are looked at.
  package static let length = 4_096

  package init(
    name: String, isFolder: Bool = false, head: [UInt8] = [], names: [String] = []
  ) {
    (self.name, self.names) = (name, names)
    self.isFolder = isFolder
    self.head = head
    start = FormatHead(head)
  }

  /// - Parameter origin: how the path became known.
  package init(of path: FilePath, _ origin: InputFile.Origin = .named) {
    let name = path.lastComponent?.shown ?? ""
    guard !path.isFolder else {
      let names = try? Folder.names(in: path).map(\.shown)
      self.init(name: name, isFolder: true, names: names ?? [])
      return
    }
    // Whoever opens the file next says why it cannot be read.
    let head = try? InputFile(path, origin).read(upTo: FormatSample.length)
    self.init(name: name, head: head ?? [])
  }
}
