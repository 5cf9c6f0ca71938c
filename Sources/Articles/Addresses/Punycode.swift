/// A label of a host name in ASCII (RFC 3492, section 6.3), without the preparation of names that
/// usually goes before it. Takes time in proportion to the square of the label's length.
enum Punycode {
  static func bytes(of scalars: [UInt32]) -> [UInt8] {
    var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
    let basicCount = output.count
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var (written, delta, bias) = (basicCount, 0, 72)
    var current: UInt32 = 0x80
    while let next = scalars.lazy.filter({ $0 >= current }).min() {
      delta += Int(next - current) * (written + 1)
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        append(delta, bias: bias, to: &output)
        bias = adapted(delta, count: written + 1, isFirst: written == basicCount)
        delta = 0
        written += 1
      }
      delta += 1
      current = next + 1
    }
    return output
  }

  /// A number in digits of base 36, of which each says whether it is the last.
  private static func append(_ number: Int, bias: Int, to output: inout [UInt8]) {
    var rest = number
    var place = 36
    while true {
      let threshold = min(max(place - bias, 1), 26)
      guard rest >= threshold else { break }
      output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      place += 36
    }
    output.append(digit(rest))
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26)
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var rest = isFirst ? delta / 700 : delta / 2
    rest += rest / count
    var bias = 0
    while rest > 455 {
      rest /= 35
      bias += 36
    }
    return bias + 36 * rest / (rest + 38)
  }
}
