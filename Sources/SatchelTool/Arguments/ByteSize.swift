import ArgumentParser

/// A size such as `700M` or `700MB`: a number and k, M or G, powers of 1,024.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units: [Character: Int] = ["k": 10, "K": 10, "m": 20, "M": 20, "g": 30, "G": 30]
    let isSpelt = argument.hasSuffix("B") && argument.dropLast().last.flatMap { units[$0] } != nil
    let text = isSpelt ? argument.dropLast() : argument[...]
    let shift = text.last.flatMap { units[$0] }
    let digits = shift == nil ? text : text.dropLast()
    guard let number = Int(digits), number > 0, number < 1 << 32 else { return nil }
    bytes = number << (shift ?? 0)
  }
}
