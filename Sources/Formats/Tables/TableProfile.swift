/// Which service wrote a table, as far as its words mean something of their own.
enum TableProfile: CaseIterable, Sendable {
  case pocket, instapaper, readwise, raindrop
  /// Any other table with a column of addresses.
  case other
}

extension TableProfile {
  /// - Parameter header: the names in the first row.
  init(header: [String]) {
    let keys = Set(header.map(ImportColumn.key))
    self =
      TableProfile.allCases.first { !$0.signs.isEmpty && keys.isSuperset(of: $0.signs) } ?? .other
  }

  /// The columns that only this service's tables have together.
  private var signs: Set<String> {
    switch self {
    case .pocket: ["title", "url", "timeadded", "status"]
    case .instapaper: ["url", "title", "selection", "folder"]
    case .readwise: ["title", "url", "documenttags", "location"]
    case .raindrop: ["id", "title", "note", "excerpt", "url", "created"]
    case .other: []
    }
  }

  /// What stands between tags in one cell.
  var tagSeparators: Set<Character> {
    switch self {
    case .pocket: ["|"]
    case .raindrop: [","]
    case .instapaper, .readwise, .other: ["|", ",", ";"]
    }
  }

  /// Folders that every reader of the service has, which say nothing of an article.
  var commonFolders: Set<String> {
    switch self {
    case .instapaper: ["unread", "home"]
    case .raindrop: ["unsorted"]
    case .pocket, .readwise, .other: []
    }
  }
}
