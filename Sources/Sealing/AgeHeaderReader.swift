/// Reads an age header from pieces of any size, line by line and each byte once.
struct AgeHeaderReader {
  private enum Expectation {
    case versionLine
    case stanzaOrMAC
    case body(arguments: [String], soFar: [UInt8])
  }

  private let limit: Int
  private var bytes: [UInt8] = []
  private var lineStart = 0
  private var expectation = Expectation.versionLine
  private var stanzas: [AgeStanza] = []
  private var offsets: [Int] = []

  init(limit: Int) {
    self.limit = limit
  }

  /// How many bytes have been taken so far.
  var byteCount: Int { bytes.count }

  /// Takes bytes off the front of `input` until the header is complete; answers `nil` when it
  /// needs more. The second part says where each stanza begins.
  mutating func read(
    from input: inout ArraySlice<UInt8>
  ) throws(SealingError) -> (AgeHeader, offsets: [Int])? {
    while !input.isEmpty {
      let room = input.prefix(limit - bytes.count)
      guard !room.isEmpty else { throw .headerTooLong(limit: limit) }
      let newline = room.firstIndex(of: UInt8(ascii: "\n"))
      let taken = newline.map { room[...$0] } ?? room
      bytes += taken
      input = input.dropFirst(taken.count)
      // The first line is refused at its first wrong byte, not after a header's worth of bytes.
      guard AgeHeader.versionLine.starts(with: bytes.prefix(AgeHeader.versionLine.count)) else {
        throw .notAnAgeFile
      }
      guard newline != nil else { continue }
      if let header = try endLine() { return (header, offsets) }
    }
    return nil
  }
}

extension AgeHeaderReader {
  private mutating func endLine() throws(SealingError) -> AgeHeader? {
    let line = bytes[lineStart...].dropLast()
    do throws(HeaderFault) {
      switch expectation {
      case .versionLine: expectation = .stanzaOrMAC
      case .stanzaOrMAC where line.starts(with: AgeHeader.macPrefix):
        return try header(macLine: line)
      case .stanzaOrMAC:
        expectation = .body(arguments: try Self.arguments(of: line), soFar: [])
        offsets.append(lineStart)
      case .body(let arguments, let soFar):
        try endBodyLine(line, arguments: arguments, soFar: soFar)
      }
    } catch {
      throw .malformedHeader(error, offset: lineStart)
    }
    lineStart = bytes.count
    return nil
  }

  private mutating func endBodyLine(
    _ line: ArraySlice<UInt8>, arguments: [String], soFar: [UInt8]
  ) throws(HeaderFault) {
    guard line.count <= AgeStanza.lineCharacterCount else { throw .bodyLineTooLong }
    guard let decoded = UnpaddedBase64.decode(line) else { throw .notCanonicalBase64 }
    if line.count == AgeStanza.lineCharacterCount {
      expectation = .body(arguments: arguments, soFar: soFar + decoded)
    } else {
      stanzas.append(AgeStanza(arguments: arguments, body: soFar + decoded))
      expectation = .stanzaOrMAC
    }
  }

  private func header(macLine line: ArraySlice<UInt8>) throws(HeaderFault) -> AgeHeader {
    let text = line.dropFirst(AgeHeader.macPrefix.count)
    guard text.first == UInt8(ascii: " "), let mac = UnpaddedBase64.decode(text.dropFirst()),
      mac.count == 32
    else { throw .malformedMAC }
    guard !stanzas.isEmpty else { throw .noStanza }
    // Whoever knows a passphrase could otherwise pretend that a file came from a recipient.
    guard stanzas.count == 1 || !stanzas.contains(where: { $0.arguments[0] == "scrypt" }) else {
      throw .scryptNotAlone
    }
    let authenticated = bytes.prefix(lineStart + AgeHeader.macPrefix.count)
    return AgeHeader(stanzas: stanzas, authenticatedBytes: Array(authenticated), mac: mac)
  }

  /// Splits "-> a b c" into arguments, each of one or more visible ASCII characters.
  private static func arguments(of line: ArraySlice<UInt8>) throws(HeaderFault) -> [String] {
    guard line.starts(with: "-> ".utf8) else { throw .notAStanza }
    let arguments = line.dropFirst(3).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    for argument in arguments {
      guard !argument.isEmpty, argument.allSatisfy({ (33...126).contains($0) }) else {
        throw .malformedArgument
      }
    }
    return arguments.map { String(decoding: $0, as: UTF8.self) }
  }
}
