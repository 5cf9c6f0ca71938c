import Foundation

/// The files of the repository that the tests read.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let inspector = root.appending(path: "Examples/inspect-bundle.py")
  static let mergeRules = root.appending(path: "Examples/merge-rules.py")
  static let sample = root.appending(path: "Examples/open-bundle/sample.satchel")
  static let vectors = root.appending(path: "Protocol/vectors")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The chapters and what stands beside them.
  static func specification() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: root.appending(path: "Protocol").resolvingSymlinksInPath(),
      includingPropertiesForKeys: nil
    )
    .filter { $0.pathExtension == "md" }
  }

  /// Every Swift file of the targets.
  static func sources() -> [URL] {
    let walk = FileManager.default.enumerator(
      at: root.appending(path: "Sources").resolvingSymlinksInPath(),
      includingPropertiesForKeys: nil)
    return (walk?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }
}
