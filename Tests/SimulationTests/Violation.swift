/// What a simulation found that must not be.
struct Violation: Error, Equatable, CustomStringConvertible {
  let law: Law
  let detail: String

  init(_ law: Law, _ detail: String) {
    (self.law, self.detail) = (law, detail)
  }

  enum Law: String {
    case acknowledgedIsKept, sequencesAreUsedOnce, knowledgeGrows, equalKnowledgeIsEqualState
    case allConverge, operationsDecide, listsAgree, textsAreHeld, textsAreWhereTheyAreWanted
    case storesAreSound, damageIsRefused, noTwinIsFound, verbsSucceed, sessionsEnd
  }

  var description: String { "\(law.rawValue): \(detail)" }
}
