/// Where padding goes.
public enum ColumnAlignment: Sendable {
  /// The text stands at the left, padding follows.
  case left
  /// Padding comes first, as numbers want it.
  case right
}

extension String {
  /// The columns the text takes on a terminal.
  public var displayWidth: Int { DisplayWidth.columns(of: self) }

  /// The text if it fits the columns, else as much of it as fits before a closing `…`.
  public func truncated(toColumns columns: Int) -> String {
    var used = 0
    // Where to cut, should the text turn out not to fit: one column short, for the ellipsis.
    var cut = startIndex
    for index in indices {
      used += DisplayWidth.columns(of: self[index])
      if used > columns { return columns > 0 ? self[..<cut] + "…" : "" }
      if used < columns { cut = self.index(after: index) }
    }
    return self
  }

  /// The text with spaces up to the columns; text that is longer stays whole.
  public func padded(toColumns columns: Int, _ alignment: ColumnAlignment = .left) -> String {
    let padding = String(repeating: " ", count: Swift.max(0, columns - displayWidth))
    return alignment == .left ? self + padding : padding + self
  }
}
