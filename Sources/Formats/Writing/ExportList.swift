import Files
import Replication

/// The list of files that exports wrote into a folder: a line with the format, and for each file one
/// with its hash and its path.
enum ExportList {
  static let name: FilePath = ".satchel-export"

  /// The files of an earlier export; none where nothing was exported to the folder.
  static func read(
    in folder: FilePath, format: String
  ) throws(FileError) -> [String: ContentHash] {
    let path = folder.pushing(name)
    guard path.exists else { return [:] }
    let text = String(
      decoding: try InputFile.contents(of: path, .found, limit: longest), as: UTF8.self)
    let lines = text.split(separator: "\n")
    guard lines.first.map(String.init) == heading(format) else { throw FileError(path, .taken) }
    var files: [String: ContentHash] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let hash = ContentHash(String(parts[0])) else { continue }
      let path = FilePath(text: unescaped(parts[1]))
      // Whoever else wrote the list must not have files outside taken away.
      guard path.isRelative, path.components.allSatisfy({ $0.kind == .regular }) else { continue }
      files[path.text] = hash
    }
    return files
  }

  static func write(
    _ files: [String: ContentHash], in folder: FilePath, format: String
  ) throws(FileError) {
    var lines = [heading(format)]
    for (path, hash) in files.sorted(by: { $0.key < $1.key }) {
      lines.append("\(hash) \(escaped(path))")
    }
    let bytes = Array(lines.joined(separator: "\n").utf8) + [0x0A]
    let place = folder.pushing(name)
    let old = try? InputFile.contents(of: place, .found, limit: longest)
    if old == bytes { return }
    try OutputFile.write(bytes, to: place, .umask, .replacing)
  }

  private static let longest = 256 << 20

  private static func heading(_ format: String) -> String { "satchel export 1 \(format)" }

  /// A path in one line.
  private static func escaped(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 == 0x0A || $0 == 0x25 }) else { return path }
    var output = ""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%": output += "%25"
      case "\n": output += "%0A"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func unescaped(_ text: Substring) -> String {
    let parts = text.split(separator: "%", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts[0])) { output, part in
      output += (part.hasPrefix("0A") ? "\n" : "%") + part.dropFirst(2)
    }
  }
}
