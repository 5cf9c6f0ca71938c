import TestSupport

@testable import WebReader

// Requests to the reader's page: chapter 11.

extension FuzzTarget {
  static let requests: [FuzzTarget] = [
    FuzzTarget(
      name: "head of a request",
      samples: [Array("GET /a%20b?q=1 HTTP/1.1\r\nHost: a\r\nCookie: x=y; z=\r\n\r\n".utf8)]
    ) { bytes in
      guard let end = HeadGate.end(of: bytes) else { return false }
      // However it came, the head ends at the same place.
      for start in 0..<min(end - 3, 64) {
        try hold(HeadGate.end(of: bytes, from: start) == end, "the head ends twice")
      }
      return HeadGate.refusal(of: bytes[..<end]) == nil
    },
    FuzzTarget(name: "target of a request", samples: [Array("/a/b%20c/?q=%E6%A1%A5&x=1+2".utf8)]) {
      RequestTarget(String(decoding: $0, as: UTF8.self)) != nil
    },
    FuzzTarget(name: "fields of a form", samples: [Array("a=1&b=%E6%A1%A5+x".utf8)]) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let fields = PercentText.fields(of: text[...]) else { return false }
      let written = fields.map {
        "\(PercentText.encoded($0.name))=\(PercentText.encoded($0.value))"
      }.joined(separator: "&")
      let again = PercentText.fields(of: written[...]) ?? []
      try hold(
        again.elementsEqual(fields) { $0.name == $1.name && $0.value == $1.value },
        "\(text.debugDescription) was written as \(written)")
      return true
    },
    FuzzTarget(
      name: "form with files",
      samples: [
        Array(
          """
          --b\r\nContent-Disposition: form-data; name="t"\r\n\r\nx\r\n--b\r\nContent-Disposition: \
          form-data; name="f"; filename="a.md"\r\nContent-Type: text/plain\r\n\r\n# T\r\n--b--\r\n
          """.utf8)
      ]
    ) { bytes in
      let whole = try unlessRefused { try parts(of: bytes, cut: bytes.count) }
      for cut in [1, 7] {
        let pieces = try unlessRefused { try parts(of: bytes, cut: cut) }
        try hold(whole == pieces, "in pieces of \(cut) it is another form")
      }
      return whole != nil
    },
  ]

  private struct Part: Equatable {
    let part: MultipartPart
    var bytes: [UInt8] = []
  }

  /// What a form holds that comes in pieces.
  private static func parts(of bytes: [UInt8], cut: Int) throws -> [Part] {
    guard var parser = MultipartParser(boundary: "b") else { return [] }
    var parts: [Part] = []
    for start in stride(from: 0, to: bytes.count, by: max(1, cut)) {
      try parser.take(bytes[start..<min(start + max(1, cut), bytes.count)]) { event in
        switch event {
        case .part(let part): parts.append(Part(part: part))
        case .bytes(let bytes): parts[parts.count - 1].bytes += bytes
        case .partEnd: break
        }
      }
    }
    try parser.end()
    return parts
  }
}
