import Documents

/// Titles as services export them.
enum ExportTitle {
  /// The title in one line; empty where it is the address, or words for there being none.
  static func text(_ title: String?, url: String?) -> String {
    guard let title = title?.singleLine, title != url?.trimmed else { return "" }
    return ["No title found", "Untitled", "[no title]"].contains(title) ? "" : title
  }
}

extension String {
  /// In one line.
  var singleLine: String { Array(utf8)[...].asSingleLine }
}
