import Foundation

/// What rclone says while it works: lines of JSON, and plain text where it gives up early.
enum RcloneLog {
  private struct Line: Decodable {
    var level: String?
    var msg: String?
    var stats: Stats?
    /// The file it is about.
    var object: String?
  }

  private struct Stats: Decodable {
    var bytes: Int?
  }

  /// How many bytes were moved so far; nil for a line that does not say.
  static func bytesMoved(_ line: [UInt8]) -> Int? { decode(line)?.stats?.bytes }

  /// The first error it speaks of, in one line of at most 300 characters without control characters.
  static func complaint(_ lines: [[UInt8]]) -> String {
    let decoded = lines.map(decode)
    let errors = decoded.compactMap { line in
      line?.level.map(isError) == true ? line?.msg : nil
    }
    let plain = zip(lines, decoded).filter { $1 == nil }.map { withoutTime($0.0) }
    return shown(errors.first ?? plain.joined(separator: " "))
  }

  /// The first error of each file that it complains of.
  static func complaintsOfFiles(_ lines: [[UInt8]]) -> [String: String] {
    lines.compactMap(decode).reduce(into: [:]) { complaints, line in
      guard line.level.map(isError) == true, let name = line.object, complaints[name] == nil
      else { return }
      complaints[name] = shown(line.msg ?? "")
    }
  }

  private static func decode(_ line: [UInt8]) -> Line? {
    guard line.first == UInt8(ascii: "{") else { return nil }
    return try? JSONDecoder().decode(Line.self, from: Data(line))
  }

  private static func isError(_ level: String) -> Bool {
    ["error", "critical", "alert", "emergency", "fatal"].contains(level)
  }

  /// A plain line without the time that it begins with.
  private static func withoutTime(_ line: [UInt8]) -> String {
    String(decoding: line, as: UTF8.self)
      .replacing(#/^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d /#, with: "")
  }

  private static func shown(_ text: String) -> String {
    let visible = text.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: " " as Character
      default: Character(scalar)
      }
    }
    let words = String(visible).split(separator: " ")
    return String(words.joined(separator: " ").prefix(300))
  }
}
