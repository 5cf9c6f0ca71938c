/// A replica that vouches for texts with its report, so that another may drop them (Protocol 3.9).
public struct TextKeeper: Sendable {
  private let knowledge: Knowledge
  private let wanted: Set<ContentHash>

  /// Nil where the report vouches for nothing.
  ///
  /// - Parameters:
  ///   - report: the last one of a replica that is not retired, and is no id of this database.
  ///   - known: what is known here.
  ///   - ceased: the operation by which this replica ceased to keep every text.
  public init?(_ report: PeerReport, known: Knowledge, ceased: Dot) {
    guard let keeping = report.keeping, keeping.ceased == nil, keeping.wantsAll,
      report.knowledge.contains(ceased), known.dominates(report.knowledge)
    else { return nil }
    knowledge = report.knowledge
    wanted = Set(report.wanted)
  }

  /// Whether it says that it holds a body.
  ///
  /// - Parameters:
  ///   - hash: the body's.
  ///   - naming: the winning operation of a register that names it.
  ///   - deleted: the winning operation of the article's `deleted`; nil if there is none.
  public func holds(_ hash: ContentHash, namedBy naming: Dot, deleted: Dot?) -> Bool {
    !wanted.contains(hash) && knowledge.contains(naming)
      && deleted.map(knowledge.contains) ?? true
  }
}
