/// Folders, lists or collections by their identifiers, each in one or in none.
struct NestedNames: Sendable {
  private var folders: [String: (name: String, parent: String?)] = [:]

  /// No file has more of them.
  static let limit = 1 << 16
  /// They are nested no deeper.
  static let depth = 16

  mutating func note(_ id: String, _ name: String, in parent: String?) {
    if folders.count < NestedNames.limit { folders[id] = (name, parent) }
  }

  /// The names of the folders around it and its own, from the outermost on; empty for one that is not
  /// known.
  func path(of id: String) -> [String] {
    var path: [String] = []
    var next: String? = id
    // One that lies in itself ends here too.
    while let id = next, let folder = folders[id], path.count < NestedNames.depth {
      path.insert(folder.name, at: 0)
      next = folder.parent
    }
    return path
  }
}
