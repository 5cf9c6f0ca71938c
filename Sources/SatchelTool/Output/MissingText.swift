import Satchel

/// Names the operations that have not arrived.
enum MissingText {
  /// - Parameter fromExchange: whether replicas leave each other files where it was not found, so that
  ///   any that holds it can bring it.
  static func text(of missing: Knowledge, fromExchange: Bool = false) -> String {
    let parts = missing.sorted.map { replica, sequences in
      let ranges = sequences.ranges.prefix(4).map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
      }
      let rest = sequences.ranges.count > 4 ? ", …" : ""
      return "\(replica.description.prefix(8)) \(ranges.joined(separator: ", "))\(rest)"
    }
    return "\(Text.count(missing.count, "operation")) still missing: "
      + parts.joined(separator: "; ")
      + (fromExchange
        ? ". No file there brings them. A replica that holds them does, when it runs satchel sync with "
          + "this place."
        : ". Merge the bundles before it, or ask its maker for bundle create --full.")
  }
}

/// Says that bodies were thrown away.
enum SpoiltText {
  static func text(of summary: MergeSummary) -> String? {
    guard summary.spoiltBodies > 0 else { return nil }
    let (are, they) = summary.spoiltBodies == 1 ? ("is", "it stays") : ("are", "they stay")
    return "\(Text.count(summary.spoiltBodies, "body")) \(are) not what the name says and was not "
      + "kept; \(they) missing and will be asked for again."
  }
}
