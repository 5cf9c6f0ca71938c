import TestSupport

/// A page of the web and the many ways to spell its address; two values are equal exactly if
/// canonical addresses must be (Protocol 5.3).
struct PageAddress: Hashable {
  private let labels: [String]
  private let port: Int?
  private let path: [[Unit]]
  private let parameters: [[Unit]]
  /// A fragment that names the page, without its first character.
  private let route: [Unit]?

  /// What may be spelt in more ways than one.
  private enum Unit: Hashable {
    /// As it is or as an escape.
    case unreserved(Unicode.Scalar)
    /// As it is; its escape means something else.
    case reserved(Unicode.Scalar)
    /// As an escape alone.
    case escapedReserved(Unicode.Scalar)
    /// As it is or as the escapes of its UTF-8.
    case escaped(Unicode.Scalar)
    /// A byte that is no UTF-8.
    case byte(UInt8)
  }

  init(using generator: inout SeededGenerator) {
    let names = ["a", "b-c", "例子", "bücher", "中"]
    labels = (0...1).map { _ in names.randomElement(using: &generator) ?? "a" }
    port = Int.random(in: 0..<4, using: &generator) == 0 ? 8080 : nil
    path = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      PageAddress.units(using: &generator)
    }
    parameters = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      PageAddress.units(using: &generator)
    }
    route =
      Int.random(in: 0..<3, using: &generator) == 0 ? PageAddress.units(using: &generator) : nil
  }

  private static func units(using generator: inout SeededGenerator) -> [Unit] {
    let choices: [Unit] = [
      .unreserved("a"), .unreserved("Z"), .unreserved("7"), .unreserved("~"), .unreserved("."),
      .reserved("+"), .escapedReserved("+"), .escapedReserved("/"), .escapedReserved("?"),
      .escapedReserved("#"), .escapedReserved("%"), .escaped(" "), .escaped("\u{1}"),
      .escaped("中"), .escaped("é"), .byte(0xff), .byte(0xe4),
    ]
    return (0...Int.random(in: 0...2, using: &generator)).map { _ in
      choices.randomElement(using: &generator) ?? .unreserved("a")
    }
  }
}

// MARK: Spelling

extension PageAddress {
  func spelling(using generator: inout SeededGenerator) -> String {
    var text = pick(["http://", "https://", "HTTPS://", " Http://"], &generator)
    text += pick(["", "", "me@", "me:pw%40@"], &generator)
    text += pick(["", "www.", "WWW.", "ww%77."], &generator)
    let stop = pick([".", "。", "%2E"], &generator)
    text += labels.map { host($0, &generator) }.joined(separator: stop)
    text += port.map { ":\($0)" } ?? pick(["", ":80", ":443", ":"], &generator)
    for segment in path { text += "/" + spell(segment, &generator) }
    text += pick(["", "/", "//"], &generator)
    var query = parameters.map { spell($0, &generator) }
    if Bool.random(using: &generator) {
      let noise = pick(["", "utm_source=中", "UTM%5fx", "fbclid=1"], &generator)
      query.insert(noise, at: Int.random(in: 0...query.count, using: &generator))
    }
    if !query.isEmpty { text += "?" + query.joined(separator: "&") }
    if let route {
      text += "#!" + spell(route, &generator)
    } else {
      text += pick(["", "#", "#top", "#中/!"], &generator)
    }
    // White space at the end is no part of the address.
    if text.hasSuffix(" ") { text = text.dropLast() + "%20" }
    return text + pick(["", "\n"], &generator)
  }

  private func host(_ label: String, _ generator: inout SeededGenerator) -> String {
    label.unicodeScalars.reduce(into: "") { text, scalar in
      let isEscaped = Bool.random(using: &generator)
      let isCapital = scalar.isASCII && Bool.random(using: &generator)
      let spelt = isCapital ? String(scalar).uppercased() : String(scalar)
      text += isEscaped ? escapes(Array(spelt.utf8), &generator) : spelt
    }
  }

  private func spell(_ units: [Unit], _ generator: inout SeededGenerator) -> String {
    units.reduce(into: "") { text, unit in
      switch unit {
      case .unreserved(let scalar), .escaped(let scalar):
        let bytes = Array(String(scalar).utf8)
        text += Bool.random(using: &generator) ? String(scalar) : escapes(bytes, &generator)
      case .reserved(let scalar): text.unicodeScalars.append(scalar)
      case .escapedReserved(let scalar): text += escapes(Array(String(scalar).utf8), &generator)
      case .byte(let byte): text += escapes([byte], &generator)
      }
    }
  }

  private func escapes(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> String {
    let isCapital = Bool.random(using: &generator)
    return bytes.reduce(into: "") { text, byte in
      let digits = String(byte, radix: 16, uppercase: isCapital)
      text += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }

  private func pick(_ choices: [String], _ generator: inout SeededGenerator) -> String {
    choices.randomElement(using: &generator) ?? ""
  }
}
