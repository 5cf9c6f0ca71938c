/// Names that nobody guesses: codes, sessions, tokens, prefixes.
enum RandomName {
  /// Letters and digits of lower case, five bits each (RFC 4648, 6).
  ///
  /// - Parameter bits: how much chance there is in it, a multiple of five.
  static func text(
    bits: Int, using generator: inout some RandomNumberGenerator
  ) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
    return String((0..<bits / 5).map { _ in letters[Int.random(in: 0..<32, using: &generator)] })
  }

  /// The same from the system's source.
  static func text(bits: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return text(bits: bits, using: &generator)
  }
}
