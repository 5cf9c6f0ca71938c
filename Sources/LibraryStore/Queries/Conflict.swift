import Replication

/// Something an author wrote that is not shown, or an article deleted here and annotated there.
public struct Conflict: Sendable, Hashable, Identifiable {
  /// The operation that is not shown, by which a conflict is told from others of its register.
  public var id: Dot { lost.dot }
  public let register: RegisterID
  public let kept: Operation
  public let lost: Operation
  /// The whole register when it was listed: restoring covers that, and nothing that came later. It
  /// has the context of all that stood beside, and not the texts.
  package let shown: Shown

  /// The same on every replica of equal registers, whatever else these know.
  public static func == (left: Conflict, right: Conflict) -> Bool {
    (left.register, left.kept, left.lost) == (right.register, right.kept, right.lost)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(lost)
  }
}

extension Conflict {
  /// Whether a side has more than three lines or 200 characters: then both are shown as one text that
  /// marks what differs.
  public static func isLong(_ text: String) -> Bool {
    text.unicodeScalars.count > 200 || text.utf8.count { $0 == UInt8(ascii: "\n") } > 2
  }
}

/// Where the conflicts lie that are listed, in their order: a few bytes each, whatever they say.
package struct ConflictPlaces: Sendable {
  let places: [ConflictPlace]

  /// How many there are.
  package var count: Int { places.count }
  package var indices: Range<Int> { places.indices }

  /// The operation that is not shown.
  package func dot(at index: Int) -> Dot { places[index].dot }

  /// About how many bytes of memory a conflict takes, and what is shown instead of it with the
  /// first of its register.
  package func length(at index: Int) -> Int { Int(places[index].length) }
}

/// Where one conflict lies.
struct ConflictPlace {
  let register: RegisterKey
  let lost: Lost
  /// Of the operation that is not shown.
  let dot: Dot
  var length: UInt32

  /// What is not shown.
  enum Lost {
    /// A sibling, by its digest.
    case sibling(Digest128)
    /// The note of an article that was deleted before it was annotated.
    case note
  }
}
