import Replication

/// The host of a settled address in the spelling that name servers are asked with (Protocol 5.3,
/// step 4). No table of Unicode's is asked, so capitals beyond ASCII stay capitals.
enum HostName {
  /// The host at the front of an authority: up to the first `:`, or to the `]` of an IPv6 address.
  static func part(of authority: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard authority.first == UInt8(ascii: "[") else {
      return authority.prefix { $0 != UInt8(ascii: ":") }
    }
    guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return authority }
    return authority[...end]
  }

  /// ASCII letters in lower case, except the digits of escapes.
  static func lowercased(_ authority: ArraySlice<UInt8>) -> [UInt8] {
    var output = Array(authority)
    var index = 0
    while index < output.count {
      // Every `%` of a settled address begins an escape.
      if output[index] == UInt8(ascii: "%") {
        index += 3
      } else {
        output[index] = output[index].asciiLowercased
        index += 1
      }
    }
    return output
  }

  /// Of a host in lower case, each label that is not ASCII in punycode.
  static func canonical(_ host: ArraySlice<UInt8>) -> [UInt8] {
    guard host.first != UInt8(ascii: "[") else { return Array(host) }
    let labels = withFullStops(host)
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return Array(labels.map(label).joined(separator: Array(".".utf8)))
  }
}

extension HostName {
  /// No label of a name is longer, and encoding takes time in proportion to the square.
  private static let maximumLabel = 63

  /// The escapes of U+3002, U+FF0E and U+FF61, which browsers take for full stops in hosts.
  private static let fullStops = ["%E3%80%82", "%EF%BC%8E", "%EF%BD%A1"]

  private static func withFullStops(_ host: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = host
    while let byte = rest.first {
      let stop = fullStops.first { rest.starts(with: $0.utf8) }
      output.append(stop == nil ? byte : UInt8(ascii: "."))
      rest = rest.dropFirst(stop?.utf8.count ?? 1)
    }
    return output
  }

  /// What is no text, or too long for a label, stays escaped.
  private static func label(_ label: ArraySlice<UInt8>) -> [UInt8] {
    guard URLEscapes.hasBytesPastASCII(label) else { return Array(label) }
    let bytes = URLEscapes.undoingBytesPastASCII(label)
    guard bytes.withUnsafeBufferPointer({ UTF8Validation.isValid($0[...]) }) else {
      return Array(label)
    }
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
    guard scalars.count <= maximumLabel else { return Array(label) }
    return Array("xn--".utf8) + Punycode.bytes(of: scalars)
  }
}
