/// Bytes as the vectors spell them.
struct Hex: Decodable, Equatable {
  let bytes: [UInt8]

  init(from decoder: any Decoder) throws {
    let text = Array(try decoder.singleValueContainer().decode(String.self).utf8)
    bytes = try stride(from: 0, to: text.count, by: 2).map { start in
      let pair = String(decoding: text[start..<min(start + 2, text.count)], as: UTF8.self)
      guard pair.utf8.count == 2, let byte = UInt8(pair, radix: 16) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "not hexadecimal: \(pair)"))
      }
      return byte
    }
  }
}
