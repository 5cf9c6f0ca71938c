/// How many seeds the laws are held to.
enum Laws {
  static let samples: Range<UInt64> = 0..<400
  static let mutations = 20_000
}
