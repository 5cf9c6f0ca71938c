/// A file of the page's own, which a browser keeps for good: its address changes with its bytes.
struct Asset: Sendable {
  let kind: String
  let type: String
  let text: String
  let hash: String

  static let style = Asset(kind: "style", type: "text/css; charset=utf-8", text: Style.text)
  static let script = Asset(
    kind: "script", type: "text/javascript; charset=utf-8", text: Script.text)
  static let icon = Asset(kind: "icon", type: "image/svg+xml", text: Icon.text)

  private static let all = [style, script, icon]

  private init(kind: String, type: String, text: String) {
    (self.kind, self.type, self.text) = (kind, type, text)
    hash = FNV1a.hash(text.utf8)
  }

  /// What an address of two parts means; nil where there is no such file, or no longer.
  static func answer(_ path: [String]) -> WebResponse? {
    all.first { path == [$0.kind, $0.hash] }.map { .file(Array($0.text.utf8), type: $0.type) }
  }

  /// One text of several, without the comments and the space that are for us. No line of ours goes
  /// on in the next one where its space matters.
  static func compact(_ parts: [String]) -> String {
    parts.flatMap { $0.split(separator: "\n") }.map { $0.drop { $0 == " " } }
      .filter { !$0.hasPrefix("//") && !$0.hasPrefix("/*") }.joined(separator: "\n") + "\n"
  }
}

extension Visit {
  func address(of asset: Asset) -> String { address(asset.kind, asset.hash) }
}
