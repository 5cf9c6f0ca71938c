import Replication

/// Where the operations lie that a log lists, in its order: a few bytes each, whatever they say.
package struct LogPlaces: Sendable {
  /// How many operations there are in all, whatever the limit.
  package let count: Int
  let places: [LogPlace]
  /// Ascending; a place names its replica by its number here.
  let replicas: [ReplicaID]
  /// The ids of the frames.
  let frames: [Int64]
  /// The rows of replaced texts.
  let replaced: [Int64]

  /// The numbers of those that are listed.
  package var indices: Range<Int> { places.indices }

  /// About how many bytes of memory an operation takes.
  package func length(at index: Int) -> Int { Int(places[index].length) }

  func dot(of place: LogPlace) -> Dot {
    Dot(replica: replicas[Int(place.replica)], sequence: place.sequence)
  }
}

/// Where one operation lies. There may be millions of them: 32 bytes each.
struct LogPlace {
  let stamp: Stamp
  let sequence: UInt64
  /// Its number among the frames; ``inReplaced`` for a replaced text.
  let frame: UInt32
  /// Where in the frame, or its number among the replaced texts.
  let position: UInt32
  let length: UInt32
  let replica: UInt16

  static let inReplaced = UInt32.max

  /// As ``Operation/beats(_:)`` has it for all that honest replicas write. What twins wrote at one
  /// stamp follows by sequence: to compare values, all would have to be held.
  func precedes(_ other: LogPlace) -> Bool {
    if stamp != other.stamp { return stamp < other.stamp }
    if replica != other.replica { return replica < other.replica }
    if sequence != other.sequence { return sequence < other.sequence }
    return (frame, position) < (other.frame, other.position)
  }
}

/// Gathers places, of which the newest so many are kept, and counts all.
struct LogPlaceGathering {
  private(set) var places: [LogPlace] = []
  private(set) var count = 0
  private let limit: Int
  /// Nothing before it is among the newest.
  private var floor: LogPlace?

  /// - Parameter limit: nil for all.
  init(limit: Int?) {
    self.limit = limit ?? .max
  }

  mutating func add(_ place: LogPlace) {
    count += 1
    if let floor, place.precedes(floor) { return }
    places.append(place)
    if places.count / 2 >= max(limit, 512) { trim() }
  }

  /// Room for so many, which takes memory only as it is used.
  mutating func reserve(_ count: Int) { places.reserveCapacity(min(count, limit)) }

  /// Sorts them and drops those past the limit.
  mutating func trim() {
    places.sort { $0.precedes($1) }
    guard places.count > limit else { return }
    places.removeFirst(places.count - limit)
    floor = places.first
  }
}
