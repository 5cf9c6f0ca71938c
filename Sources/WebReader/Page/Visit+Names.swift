import Satchel

/// What pages call things.
extension Visit {
  /// Longer titles are cut: a member can write megabytes where a title is expected.
  private static let titleCharacters = 200

  /// - Parameter heading: a title, or what stands for one.
  func title(_ heading: String) -> String {
    guard !heading.isEmpty else { return words(.untitled) }
    guard heading.count > Visit.titleCharacters else { return heading }
    return heading.prefix(Visit.titleCharacters) + "…"
  }

  /// The stars that a reader gave; nothing where there are none.
  func rating(_ stars: Int) -> Markup? {
    guard stars > 0 else { return nil }
    return """
      <span class="rating" aria-label="\(words(.stars(stars)))">\
      \(String(repeating: "★", count: stars))</span>
      """
  }
}

extension PeerStatus {
  /// What its owner calls a replica, or the beginning of its id.
  var shownName: String { name ?? replica.beginning }
}

extension [PeerStatus] {
  func name(of replica: ReplicaID) -> String {
    first { $0.replica == replica }?.shownName ?? replica.beginning
  }
}

extension ReplicaID {
  fileprivate var beginning: String { String(description.prefix(8)) }
}

extension Article {
  /// The marks that a reader can give it now: of each and its opposite one.
  var offeredMarks: [(Mark, Phrase)] {
    [
      isRead ? (.unread, .markUnread) : (.read, .markRead),
      isStarred ? (.unstarred, .unstar) : (.starred, .star),
      isArchived ? (.unarchived, .unarchive) : (.archived, .archive),
    ]
  }
}
