import Documents
import Files

extension FormatInput {
  /// What an export file may have where it cannot be read from front to back: 64 MiB.
  private static let heldBytes = 64 << 20

  /// As people are shown it.
  var shown: String {
    switch source {
    case .path(let path): path.shown
    case .standardInput: "standard input"
    }
  }

  /// The name of the file without the folders around it, as people are shown it.
  var name: String {
    guard case .path(let path) = source, let name = path.lastComponent else { return shown }
    return name.shown
  }

  /// Whether it is a zip archive by its first bytes. Throws where its name says so and they do not.
  func isArchive() throws(SkipReason) -> Bool {
    let sample = sample
    if sample.head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return true }
    guard sample.name.lowercased().hasSuffix(".zip"), !sample.isFolder else { return false }
    let looks =
      sample.head.isEmpty ? "is empty" : FileLook.phrase(sample).map { "looks like \($0)" }
    throw .archive(reason: "its name says that it is a zip archive, but it \(looks ?? "is none")")
  }

  /// Throws where it is one of the files that hold no text.
  func checkIsText() throws(SkipReason) {
    guard let looks = FileLook.magic(sample) else { return }
    throw .archive(reason: "it holds no text that is read here: it looks like \(looks)")
  }

  /// What it is recognized by; of a pipe only what ``look()`` read.
  package var sample: FormatSample {
    guard case .path(let path) = source else { return FormatSample(name: name, head: head) }
    return FormatSample(of: path)
  }

  /// The bytes as they are.
  func bytes() throws(SkipReason) -> any ByteSource {
    try SkipReason.wrapping { () throws(FileError) in
      switch source {
      case .path(let path): try InputFile(path, .named)
      case .standardInput: PrefixedSource(head, then: try InputFile.standardInput())
      }
    }
  }

  /// All bytes as they are. Throws `tooLarge` beyond `limit`.
  func bytes(limit: Int) throws(SkipReason) -> [UInt8] {
    var source = try bytes()
    var all: [UInt8] = []
    while true {
      let more = try source.read()
      if more.isEmpty { return all }
      guard all.count + more.count <= limit else { throw .tooLarge(limit: limit) }
      all += more
    }
  }

  /// The text in UTF-8, from front to back if it is that already.
  ///
  /// A byte order mark decides, then what HTML itself says, then what the caller says; the mark is
  /// dropped.
  func text(declaredByHTML: Bool = false) throws(SkipReason) -> any ByteSource {
    var source = try bytes()
    var head: [UInt8] = []
    while head.count < FormatSample.length {
      let more = try source.read()
      if more.isEmpty { break }
      head += more
    }
    let declared = declaredByHTML ? DeclaredEncoding.named(byHTML: head) : nil
    let encoding = DeclaredEncoding.mark(of: head) ?? declared ?? encoding ?? .utf8
    guard encoding != .utf8 else {
      return PrefixedSource(Array(head[...].withoutByteOrderMark), then: source)
    }
    while true {
      let more = try source.read()
      if more.isEmpty { break }
      guard head.count + more.count <= FormatInput.heldBytes else {
        throw .tooLarge(limit: FormatInput.heldBytes)
      }
      head += more
    }
    do throws(EncodingError) {
      return MemorySource(try encoding.decoded(head))
    } catch {
      switch error {
      case .unavailable: throw .noDecoder(encoding: encoding.name)
      case .malformed(let offset): throw .malformed(encoding: encoding.name, offset: offset)
      }
    }
  }
}

/// Bytes that were read already, and what follows them.
struct PrefixedSource: ByteSource {
  let length: Int
  private var head: [UInt8]
  private var rest: any ByteSource

  init(_ head: [UInt8], then rest: any ByteSource) {
    (self.head, self.rest, length) = (head, rest, rest.length)
  }

  mutating func read() throws(SkipReason) -> [UInt8] {
    guard head.isEmpty else {
      defer { head = [] }
      return head
    }
    return try rest.read()
  }
}

extension ByteSource {
  /// What follows the mark of UTF-8, if the text begins with it.
  func withoutByteOrderMark() throws(SkipReason) -> any ByteSource {
    var source: any ByteSource = self
    var head: [UInt8] = []
    while head.count < 3 {
      let more = try source.read()
      if more.isEmpty { break }
      head += more
    }
    return PrefixedSource(Array(head[...].withoutByteOrderMark), then: source)
  }
}
