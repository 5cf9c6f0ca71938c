/// Compares secrets that somebody may be guessing.
enum SecretText {
  /// Takes as long for texts that differ at their first byte as for those that differ at their
  /// last.
  static func matches(_ given: some StringProtocol, _ secret: String) -> Bool {
    let (given, secret) = (Array(given.utf8), Array(secret.utf8))
    guard given.count == secret.count else { return false }
    return zip(given, secret).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
