/// How many seeds the laws are held to.
enum Laws {
  static let histories: Range<UInt64> = 0..<4_000
  static let samples: Range<UInt64> = 0..<500
  static let stepsPerHistory = 40
}
