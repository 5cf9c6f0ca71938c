import Satchel

/// A conflict as people read it: what is shown, what is not, who wrote each, and how to settle it.
struct ConflictText {
  private let conflict: Conflict
  private let name: String
  private let id: String
  private let title: String?
  private let replicas: ReplicaNames

  /// - Parameters:
  ///   - name: what the listing calls it.
  ///   - id: what its article is called, and the entity where it is none.
  init(_ conflict: Conflict, name: String, id: String, title: String?, _ replicas: ReplicaNames) {
    (self.conflict, self.name, self.id) = (conflict, name, id)
    (self.title, self.replicas) = (title, replicas)
  }

  var lines: [String] {
    let head = [id, conflict.register.field.name, title].compactMap { $0 }.joined(separator: "  ")
    return [TerminalEscape.escaped(head)] + body + remedies.map { "  \($0)" } + [""]
  }

  private var body: [String] {
    let (shown, hidden) = (side(conflict.kept), side(conflict.lost))
    guard Conflict.isLong(shown.text) || Conflict.isLong(hidden.text) else {
      return ["  shown, \(shown.writer):"] + shown.lines.map { "    \($0)" }
        + ["  not shown, \(hidden.writer):"] + hidden.lines.map { "    \($0)" }
    }
    return ["  - shown, \(shown.writer)", "  + not shown, \(hidden.writer)"]
      + LineDifference(from: shown.text, to: hidden.text).lines.map { "  \($0)" }
  }

  private func side(_ operation: LoggedOperation) -> Side {
    let value = ValueText.text(of: operation.value)
    let isOther = conflict.kept.register.field != conflict.lost.register.field
    return Side(
      writer: replicas.writer(of: operation),
      text: isOther ? "\(operation.register.field.name): \(value)" : value)
  }

  private struct Side {
    let writer: String
    let text: String

    var lines: [String] { TextLines.of(text).map { TerminalEscape.escaped($0) } }
  }

  private var remedies: [String] {
    let field = conflict.register.field
    let restore = "satchel restore \(id) \(field.name) --conflict \(name)"
    switch conflict.register.entity.kind {
    case .article: break
    case .highlight: return ["To show the other: \(restore)"]
    default: return []
    }
    switch field {
    case ArticleField.deleted:
      return [
        "To bring it back with the note: \(restore)",
        "To have it deleted all the same: that, and then satchel rm \(id)",
      ]
    case ArticleField.note:
      return ["To show the other: \(restore)", "To make one of both: satchel note \(id) -e"]
    case ArticleField.title:
      return ["To show the other: \(restore)", "To write a third: satchel title \(id) TITLE"]
    default: return ["To show the other: \(restore)"]
    }
  }
}

/// What people call the replicas that wrote something.
struct ReplicaNames {
  private let names: [ReplicaID: String]

  init(_ library: Library) async throws {
    names = try await Dictionary(
      library.replicas().map { ($0.replica, $0.name ?? "unnamed") },
      uniquingKeysWith: { first, _ in first })
  }

  /// The columns that the longest name takes, up to what a line has room for.
  var columns: Int {
    min(20, names.values.map { TerminalEscape.escaped($0).displayWidth }.max() ?? 0)
  }

  func name(of replica: ReplicaID) -> String { TerminalEscape.escaped(names[replica] ?? "?") }

  /// Who wrote an operation, and when.
  func writer(of operation: LoggedOperation) -> String {
    "\(name(of: operation.dot.replica)), \(Text.time(milliseconds: operation.stamp.milliseconds))"
  }
}
