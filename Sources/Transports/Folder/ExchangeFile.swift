import Files
import Replication

/// One file of an exchange folder, as its name tells (Protocol 7.1).
struct ExchangeFile: Hashable {
  let replica: ReplicaID
  /// Which of its writer's files it stands for.
  let numbers: ClosedRange<Int>
  let path: FilePath
  /// In bytes.
  let length: Int

  /// Nil for any name that is not the layout's, and for what is no file.
  init?(replica: ReplicaID, folder: FilePath, name: FilePath.Component) {
    guard let numbers = ExchangeFile.numbers(of: name.string) else { return nil }
    path = folder.appending(name)
    guard let status = try? FileStatus(of: path, followingLinks: false), status.kind == .file
    else { return nil }
    self.replica = replica
    self.numbers = numbers
    length = status.length
  }

  static func name(_ numbers: ClosedRange<Int>, hash: ContentHash) -> String {
    "\(numbers.lowerBound)-\(numbers.upperBound)-\(hash.description.prefix(16)).satchel"
  }

  static func isName(_ name: String) -> Bool { numbers(of: name) != nil }

  private static func numbers(of name: String) -> ClosedRange<Int>? {
    guard name.hasSuffix(".satchel") else { return nil }
    let parts = name.dropLast(".satchel".count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let from = number(parts[0]), let to = number(parts[1]), from <= to,
      parts[2].utf8.count == 16,
      parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return from...to
  }

  /// Decimal, from 1, in its one spelling.
  private static func number(_ text: Substring) -> Int? {
    guard let number = Int32(text), number >= 1, String(number) == text else { return nil }
    return Int(number)
  }
}

/// The part of a shared folder that belongs to one library.
struct ExchangeLayout {
  let folder: FilePath

  init(_ folder: FilePath, library: [UInt8]) {
    self.folder = folder.appending(Hexadecimal.text(of: library.prefix(16)))
  }

  func folder(of replica: ReplicaID) -> FilePath { folder.appending("\(replica)") }

  /// Every file of the layout, by writer and then by number. Other names are passed over, and links.
  func files() throws(BundleError) -> [ExchangeFile] {
    var files: [ExchangeFile] = []
    for name in try ExchangeLayout.names(in: folder).map(\.string) {
      guard name.utf8.count == 32, name == name.lowercased(),
        let bytes = Hexadecimal.bytes(of: name), let key = Identifier(bytes: bytes)
      else { continue }
      let replica = ReplicaID(key)
      let home = folder(of: replica)
      guard (try? FileStatus(of: home, followingLinks: false))?.kind == .folder else { continue }
      for name in try ExchangeLayout.names(in: home) {
        if let file = ExchangeFile(replica: replica, folder: home, name: name) {
          files.append(file)
        }
      }
    }
    return files.sorted {
      ($0.replica, $0.numbers.upperBound, $0.path.text)
        < ($1.replica, $1.numbers.upperBound, $1.path.text)
    }
  }

  /// Makes this replica's own place. Throws `file`.
  func prepare(for replica: ReplicaID) throws(BundleError) {
    let home = folder(of: replica)
    try BundleError.wrapping { () throws(FileError) in
      // The shared folder itself is not made: it may be that nothing is mounted there.
      try Folder.make(folder, withParents: false)
      try Folder.make(home, withParents: false)
    }
    // What an interrupted run of ours left; nobody else writes here.
    for name in try ExchangeLayout.names(in: home)
    where name.string.hasSuffix(OutputFile.temporarySuffix) {
      try BundleError.wrapping { () throws(FileError) in try home.appending(name).remove() }
    }
  }

  /// The names in a folder; none where there is no folder.
  private static func names(in folder: FilePath) throws(BundleError) -> [FilePath.Component] {
    do {
      return try Folder.names(in: folder)
    } catch {
      if error.isMissing { return [] }
      throw .file(error)
    }
  }
}
