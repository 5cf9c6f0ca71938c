/// What merging or a session has committed so far, for whoever must tell when it ends early.
package actor CommitLedger {
  package private(set) var committed = MergeResult()

  package init() {}

  func add(_ result: MergeResult) { committed.add(result) }
}
