import Satchel

/// The keys are promised: change none.
struct MergeJSON: Encodable {
  let type = "summary"
  var remote: String?
  var audited: Bool?
  var wire: Wire?
  let received: Flow
  var sent = Flow()
  let bundles: Int
  let articlesAdded: Int
  let articlesChanged: Int
  let conflicts: Int
  let missing: RangesJSON
  let diverged: [String]
  let passedOver: [String]
  let unneeded: [String]
  let skipped: [Skipped]
  var damagedFiles: [String]?
  var isSafeToRemove: Bool?
  let fingerprint: String
  let seconds: Double

  struct Flow: Encodable {
    var operations = 0
    var new = 0
    var bodies = 0
    var bytes = 0
    /// Bodies that were thrown away.
    var spoilt = 0
  }

  /// All bytes that crossed a connection.
  struct Wire: Encodable {
    let received: Int
    let sent: Int
  }

  struct Skipped: Encodable {
    let path: String
    let reason: String
  }

  enum CodingKeys: String, CodingKey {
    case type, remote, audited, wire, received, sent, bundles
    case articlesAdded = "articles_added"
    case articlesChanged = "articles_changed"
    case passedOver = "passed_over"
    case damagedFiles = "damaged_files"
    case isSafeToRemove = "safe_to_remove"
    case conflicts, missing, diverged, unneeded, skipped, fingerprint, seconds
  }

  init(_ summary: MergeSummary, seconds: Double) {
    received = Flow(
      operations: summary.receivedOperations, new: summary.newOperations, bodies: summary.bodies,
      bytes: summary.bytes, spoilt: summary.spoiltBodies)
    bundles = summary.bundles
    articlesAdded = summary.articlesAdded
    articlesChanged = summary.articlesChanged
    conflicts = summary.conflicts
    missing = RangesJSON(summary.missing)
    diverged = summary.diverged.sorted().map(\.description)
    passedOver = summary.passedOver.map(\.shown)
    unneeded = summary.unneeded.map(\.shown)
    skipped = summary.skipped.map { Skipped(path: $0.path.shown, reason: "\($0.error)") }
    fingerprint = summary.fingerprint.description
    self.seconds = seconds
  }
}
