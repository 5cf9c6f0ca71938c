/// What a simulation found that must not be.
struct Violation: Error, Equatable, CustomStringConvertible {
  let law: Law
  let detail: String
  /// Of the verb that failed.
  let exitCode: Int32?

  init(_ law: Law, _ detail: String, exitCode: Int32? = nil) {
    (self.law, self.detail, self.exitCode) = (law, detail, exitCode)
  }

  enum Law: String {
    case acknowledgedIsKept, sequencesAreUsedOnce, knowledgeGrows, equalKnowledgeIsEqualState
    case allConverge, operationsDecide, listsAgree, textsAreHeld, textsAreWhereTheyAreWanted
    case storesAreSound, damageIsRefused, noTwinIsFound, verbsSucceed, sessionsEnd
  }

  var description: String { "\(law.rawValue): \(detail)" }
}
