import Foundation

/// A text that repeats one thing over and over.
struct HostileShape: Sendable, CustomStringConvertible, Decodable {
  let before: String
  let unit: String
  let after: String

  init(before: String = "", unit: String, after: String = "") {
    self.before = before
    self.unit = unit
    self.after = after
  }

  /// About so many bytes of it.
  func text(bytes: Int) -> String {
    let left = max(0, bytes - before.utf8.count - after.utf8.count)
    return before + String(repeating: unit, count: left / unit.utf8.count) + after
  }

  var description: String { "\(before.debugDescription) \(unit.debugDescription)" }
}

/// Shapes of Markdown on which readers are known to take time that grows faster than the page. They
/// lie in `hostile-shapes.json`, which `Benchmarks/shapes.py` reads too.
enum HostileShapes {
  static let all: [HostileShape] =
    units.map { HostileShape(unit: $0) } + file.framed
    // Each once more on lines of their own, in a quote, and in an item.
    + units.prefix(24).map { HostileShape(unit: $0 + "\n") }
    + units.prefix(24).map { HostileShape(before: "> ", unit: $0) }
    + units.prefix(24).map { HostileShape(unit: "- " + $0 + "\n") }

  private static let units = File.groups.flatMap { file.repeated[$0] ?? [] }

  private struct File: Decodable {
    let repeated: [String: [String]]
    let framed: [HostileShape]

    static let groups = [
      "brackets", "emphasis", "code", "tags", "references", "blocks", "containers", "characters",
    ]
  }

  private static let file: File = {
    let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("hostile-shapes.json")
    do {
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: place))
    } catch {
      preconditionFailure("the shapes cannot be read: \(error)")
    }
  }()
}
