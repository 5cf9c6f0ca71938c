/// The files that get their names when they are whole, with what each may hold: what it had when its
/// writer was done, or what came since.
struct PublishedFiles: Sendable {
  /// Of each path what it may hold, the oldest first; nil where nothing lies there.
  private var versions: [String: [[UInt8]?]] = [:]
  /// Files written under a name that readers look at.
  private(set) var writtenInPlace: Set<String> = []

  /// Notes what an event does, before the disk does it.
  mutating func follow(_ event: FileEvent, _ disk: SimulatedDisk) {
    switch event {
    case .renamed(let path, let target), .linked(let path, let target):
      guard !PublishedFiles.isOfSQLite(target) else { return }
      versions[target, default: [disk.content(of: target)]].append(disk.content(of: path))
      if case .renamed = event, !PublishedFiles.isTemporary(path) { publish(path, nil, disk) }
    case .removed(let path): publish(path, nil, disk)
    case .wrote(let number, _, _):
      for (path, other) in disk.names.files where other == number {
        if !PublishedFiles.isTemporary(path), !PublishedFiles.isOfSQLite(path) {
          writtenInPlace.insert(path)
        }
      }
    default: break
    }
  }

  /// What is there now was acknowledged: nothing older may come back, but for what was taken away.
  mutating func acknowledge() {
    versions = versions.mapValues { contents in contents.suffix(contents.last == .some(nil) ? 2 : 1)
    }
  }

  private mutating func publish(_ path: String, _ content: [UInt8]?, _ disk: SimulatedDisk) {
    guard !PublishedFiles.isTemporary(path), !PublishedFiles.isOfSQLite(path) else { return }
    versions[path, default: [disk.content(of: path)]].append(content)
  }

  /// What is wrong in words.
  func problems(in image: DiskImage) -> [String] {
    var problems = writtenInPlace.map { "\($0) was written in place" }
    for (path, contents) in versions where !contents.contains(image.files[path]) {
      problems.append("\(path) is neither its old self nor its new one")
    }
    return problems
  }

  /// The journal is SQLite's, beside a backup that is written.
  private static func isTemporary(_ path: String) -> Bool {
    path.hasSuffix(".tmp") || path.hasSuffix(".tmp-journal")
  }

  private static func isOfSQLite(_ path: String) -> Bool { path.contains(".sqlite") }
}
