import Foundation
import Replication

/// One file of an exchange folder, as its name tells (Protocol 7.1).
struct ExchangeFile: Hashable {
  let replica: ReplicaID
  /// Which of its writer's files it stands for.
  let numbers: ClosedRange<Int>
  let path: String
  /// In bytes.
  let length: Int

  /// Nil for any name that is not the layout's.
  init?(replica: ReplicaID, folder: String, name: String) {
    guard let numbers = ExchangeFile.numbers(of: name) else { return nil }
    var status = stat()
    path = "\(folder)/\(name)"
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.replica = replica
    self.numbers = numbers
    length = Int(status.st_size)
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
  let folder: String

  init(_ folder: String, library: [UInt8]) {
    self.folder = "\(folder)/\(Hexadecimal.text(of: library.prefix(16)))"
  }

  func folder(of replica: ReplicaID) -> String { "\(folder)/\(replica)" }

  /// Every file of the layout, by writer and then by number. Other names are passed over.
  func files() throws(BundleError) -> [ExchangeFile] {
    var files: [ExchangeFile] = []
    for name in try ExchangeLayout.names(in: folder) {
      guard name.utf8.count == 32, name == name.lowercased(),
        let bytes = Hexadecimal.bytes(of: name), let key = Identifier(bytes: bytes)
      else { continue }
      let replica = ReplicaID(key)
      let home = folder(of: replica)
      for name in try ExchangeLayout.names(in: home) {
        if let file = ExchangeFile(replica: replica, folder: home, name: name) {
          files.append(file)
        }
      }
    }
    return files.sorted {
      ($0.replica, $0.numbers.upperBound, $0.path) < ($1.replica, $1.numbers.upperBound, $1.path)
    }
  }

  /// Makes this replica's own place. Throws `file`.
  func prepare(for replica: ReplicaID) throws(BundleError) {
    let home = folder(of: replica)
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw .system(folder) }
    guard mkdir(home, 0o755) == 0 || errno == EEXIST else { throw .system(home) }
    // What an interrupted run of ours left; nobody else writes here.
    for name in try ExchangeLayout.names(in: home) where name.hasSuffix(".tmp") {
      unlink("\(home)/\(name)")
    }
  }

  /// The names in a folder; none where there is no folder.
  private static func names(in folder: String) throws(BundleError) -> [String] {
    guard let handle = opendir(folder) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw .system(folder)
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names.sorted()
  }
}
