/// What merging or a session has committed so far, for whoever must tell when it ends early.
public actor CommitLedger {
  public private(set) var committed = MergeResult()

  public init() {}

  func add(_ result: MergeResult) { committed.add(result) }
}
