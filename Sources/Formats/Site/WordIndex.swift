import Files

/// Which words stand in which articles: sorted parts of bounded length in temporary files, merged at
/// the end into files of script by the first digits of the words' numbers.
struct WordIndex {
  private let folder: FilePath
  /// A word's number above an article's.
  private var pairs: [UInt64] = []
  private var count = 0
  /// They go with their files.
  private var parts: [OutputFile] = []

  /// - Parameter folder: where temporary files lie.
  init(in folder: FilePath) {
    self.folder = folder
  }

  mutating func add(_ text: String, of article: Int) throws(FileError) {
    for number in SearchWords.numbers(in: text) {
      pairs.append(UInt64(number) << 32 | UInt64(article))
    }
    if pairs.count >= WordIndex.pairsInMemory { try spill() }
  }

  /// Hands over the files one by one. Returns by how many digits they are named.
  ///
  /// - Parameter write: is given a file's path and what it holds.
  mutating func shards(
    _ write: (String, [UInt8]) throws(FileError) -> Void
  ) throws(FileError) -> Int {
    let digits = count + pairs.count > WordIndex.pairsInFewFiles ? 2 : 1
    try spill()
    var sources: [PairSource] = []
    for part in parts { sources.append(try PairSource(part.temporary)) }
    var shard = Shard(digits: digits)
    for number in 0..<(1 << (4 * digits)) {
      shard.begin(number)
      let end = UInt64(number + 1) << UInt64(64 - 4 * digits)
      while let least = sources.indices.min(by: {
        sources[$0].orderedNext < sources[$1].orderedNext
      }),
        let pair = sources[least].next, end == 0 || pair < end
      {
        shard.add(pair)
        try sources[least].advance()
      }
      try write("search/words-\(shard.name).js", shard.finished())
    }
    return digits
  }

  /// Eight megabytes.
  private static let pairsInMemory = 1 << 20
  private static let pairsInFewFiles = 200_000

  private mutating func spill() throws(FileError) {
    guard !pairs.isEmpty else { return }
    pairs.sort()
    count += pairs.count
    let file = try OutputFile(folder.appending("search"), .owner)
    var bytes: [UInt8] = []
    for pair in pairs {
      withUnsafeBytes(of: pair.littleEndian) { bytes += $0 }
      if bytes.count >= 1 << 16 {
        try file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes)
    parts.append(file)
    pairs.removeAll(keepingCapacity: true)
  }
}

/// The pairs of a sorted part, one after the other.
private struct PairSource {
  private(set) var next: UInt64?
  private let file: InputFile
  private var bytes: ArraySlice<UInt8> = []

  init(_ path: FilePath) throws(FileError) {
    file = try InputFile(path, .found)
    try advance()
  }

  /// Behind all others once there is none.
  var orderedNext: UInt64 { next ?? .max }

  mutating func advance() throws(FileError) {
    while bytes.count < 8 {
      let more = try file.read(upTo: 1 << 16)
      if more.isEmpty {
        next = nil
        return
      }
      bytes = (bytes + more)[...]
    }
    next = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    bytes = bytes.dropFirst(8)
  }
}

/// A file of script with the words whose numbers begin with the same digits.
private struct Shard {
  private(set) var name = ""
  private let digits: Int
  private var text: [UInt8] = []
  private var word: UInt32?
  private var article: UInt32 = 0

  init(digits: Int) {
    self.digits = digits
  }

  mutating func begin(_ number: Int) {
    name = Shard.hexadecimal(UInt32(number), digits: digits)
    text = Array("satchelWords(\"\(name)\",{".utf8)
    word = nil
  }

  mutating func add(_ pair: UInt64) {
    let (number, next) = (UInt32(pair >> 32), UInt32(truncatingIfNeeded: pair))
    if word == number {
      text.append(UInt8(ascii: " "))
      text += String(next - article).utf8
    } else {
      let key = Shard.hexadecimal(number, digits: 8)
      text += "\(word == nil ? "" : "\",")\n\"\(key)\":\"\(next)".utf8
    }
    (word, article) = (number, next)
  }

  mutating func finished() -> [UInt8] {
    text += "\(word == nil ? "" : "\"")});\n".utf8
    defer { text = [] }
    return text
  }

  private static func hexadecimal(_ number: UInt32, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
