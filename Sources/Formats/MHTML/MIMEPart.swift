import Documents

/// A part of a message that has no parts itself.
struct MIMEPart: Sendable {
  let head: MIMEHead
  /// As it was sent.
  let body: ArraySlice<UInt8>

  /// The bytes that are meant; nil for what is written in a way that is not known, or not as it says.
  func bytes() -> [UInt8]? {
    switch head.encoding {
    case "quoted-printable": QuotedPrintable.bytes(of: body)
    case "base64": Base64.bytes(of: body.lazy.filter { !$0.isHTMLSpace }, count: body.count)
    case "", "7bit", "8bit", "binary": Array(body)
    default: nil
    }
  }
}

/// The parts of a message, which has no more of them and nests them no deeper than it may.
struct MIMEParts {
  private(set) var all: [MIMEPart] = []

  /// Parts behind these do not count.
  static let limit = 4_096
  /// Parts of parts deeper than this do not count.
  static let depth = 4

  /// Throws where a message of parts does not say what stands between them.
  init(of body: ArraySlice<UInt8>, below head: MIMEHead) throws(SkipReason) {
    if head.type?.isMultipart == true, MIMEParts.boundary(of: head) == nil {
      throw .archive(reason: "it is no whole MHTML: its head names no boundary between its parts")
    }
    read(body, head, depth: MIMEParts.depth)
  }
}

extension MIMEParts {
  private mutating func read(_ body: ArraySlice<UInt8>, _ head: MIMEHead, depth: Int) {
    guard head.type?.isMultipart == true else {
      if all.count < MIMEParts.limit { all.append(MIMEPart(head: head, body: body)) }
      return
    }
    guard depth > 0, let boundary = MIMEParts.boundary(of: head) else { return }
    var cuts = MIMECuts(of: body, at: boundary)
    while all.count < MIMEParts.limit, let part = cuts.next() {
      let head = MIMEHead(part)
      read(part[head.end...], head, depth: depth - 1)
    }
  }

  private static func boundary(of head: MIMEHead) -> [UInt8]? {
    guard let text = head.type?.parameters["boundary"], !text.isEmpty else { return nil }
    return Array(text.utf8)
  }
}

/// Cuts a body at the lines that begin with `--` and the boundary (RFC 2046, 5.1.1).
private struct MIMECuts {
  private var rest: ArraySlice<UInt8>
  private let mark: [UInt8]
  /// Whether what stands before the first part is behind us.
  private var isBegun = false
  private var isEnded = false

  init(of body: ArraySlice<UInt8>, at boundary: [UInt8]) {
    rest = body
    mark = Array("--".utf8) + boundary
  }

  /// The next part, with its head; of one that has no end, all there is.
  mutating func next() -> ArraySlice<UInt8>? {
    while !isEnded {
      let part = take()
      if isBegun { return part }
      isBegun = true
    }
    return nil
  }

  /// What stands before the next such line, without the end of its last line.
  private mutating func take() -> ArraySlice<UInt8> {
    let start = rest.startIndex
    var lines = rest.lines
    while let line = lines.next() {
      guard line.starts(with: mark) else { continue }
      let end = line[(line.startIndex + mark.count)...].trimmed()
      guard end.isEmpty || end.elementsEqual("--".utf8) else { continue }
      isEnded = !end.isEmpty
      let part = rest[start..<line.startIndex]
      rest = lines.rest
      return part.withoutLineEnd
    }
    isEnded = true
    return rest
  }
}

extension ArraySlice<UInt8> {
  fileprivate var withoutLineEnd: ArraySlice<UInt8> {
    guard last == 0x0A else { return self }
    return dropLast(dropLast().last == 0x0D ? 2 : 1)
  }
}
