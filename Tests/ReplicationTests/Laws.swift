import TestSupport

/// How many seeds the laws are held to.
enum Laws {
  static let histories = Effort.seeds(1_200, 4_000)
  static let samples = Effort.seeds(200, 500)
  static let stepsPerHistory = 40
}
