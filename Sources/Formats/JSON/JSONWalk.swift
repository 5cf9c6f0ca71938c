import Documents

/// Walks through a file of JSON, into the lists and objects that are asked for, and hands out every other
/// value whole, one in memory at a time.
struct JSONWalk {
  private var window: ByteWindow
  private let opened: Set<[String]>
  private let limit: Int
  private var levels: [Level] = []
  private var isBegun = false

  /// What stands in a path for the place in a list.
  static let element = "*"

  /// - Parameters:
  ///   - opened: the paths of the lists and objects that are walked into, `[]` for the outermost.
  ///   - limit: for the bytes of a value.
  init(
    _ source: any ByteSource, into opened: Set<[String]>, limit: Int = JSONRecords.recordBytes
  ) {
    window = ByteWindow(source)
    (self.opened, self.limit) = (opened, limit)
  }

  /// A value that was not walked into.
  struct Piece: Sendable {
    /// The names of the members around it; `*` for a list.
    let path: [String]
    /// Its place, from 0, in each of the lists around it.
    let places: [Int]
    let bytes: Result<[UInt8], SkipReason>
    /// How many bytes of the file it takes with what stands before it.
    let length: Int
  }

  /// The next value; nil after the last. Throws where brackets and names do not fit together: all
  /// behind that is lost.
  mutating func next() throws(SkipReason) -> Piece? {
    let begun = window.offset
    while true {
      try window.skipJSONSpace()
      guard let byte = try window.byte(at: 0) else {
        guard levels.isEmpty else { throw .cutOff }
        return nil
      }
      if isBegun, levels.isEmpty { throw .notJSON }
      if let level = levels.last, byte == level.end {
        levels.removeLast()
        window.drop(1)
        continue
      }
      try enter()
      let path = levels.map(\.name)
      let first = try window.byte(at: 0)
      if opened.contains(path), let first, first == 0x5B || first == 0x7B {
        levels.append(Level(isList: first == 0x5B))
        window.drop(1)
        isBegun = true
        continue
      }
      guard isBegun else { throw .notJSON }
      let bytes = try window.takeJSONValue(limit: limit)
      return Piece(
        path: path, places: levels.filter(\.isList).map(\.count), bytes: bytes,
        length: window.offset - begun)
    }
  }
}

extension JSONWalk {
  /// A list or an object that was walked into.
  private struct Level {
    let isList: Bool
    /// The member's name.
    var name = JSONWalk.element
    /// How many elements were begun before this one.
    var count = -1

    init(isList: Bool) { self.isList = isList }

    var end: UInt8 { isList ? UInt8(ascii: "]") : UInt8(ascii: "}") }
  }

  /// A member's name is no longer.
  private static let nameBytes = 4_096

  /// Goes to the next value of the innermost list or object.
  private mutating func enter() throws(SkipReason) {
    guard let last = levels.indices.last else { return }
    guard !levels[last].isList else {
      levels[last].count += 1
      return
    }
    guard try window.byte(at: 0) == UInt8(ascii: "\"") else { throw .notJSON }
    var end = 1
    var isEscaped = false
    while let byte = try window.byte(at: end), isEscaped || byte != UInt8(ascii: "\"") {
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      end += 1
      guard end < JSONWalk.nameBytes else { throw .notJSON }
    }
    guard try window.byte(at: end) != nil else { throw .cutOff }
    levels[last].name = JSONText(window[0..<end + 1])?.string ?? ""
    window.drop(end + 1)
    while let byte = try window.byte(at: 0), byte.isHTMLSpace { window.drop(1) }
    guard try window.byte(at: 0) == UInt8(ascii: ":") else { throw .notJSON }
    window.drop(1)
    while let byte = try window.byte(at: 0), byte.isHTMLSpace { window.drop(1) }
  }
}
