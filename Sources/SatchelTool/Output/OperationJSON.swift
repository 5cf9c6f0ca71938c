import Satchel

/// An operation as scripts read it. The keys are promised: change none.
struct OperationJSON: Encodable {
  let replica: String
  let sequence: UInt64
  let stamp: String
  let time: String
  let entity: String
  let field: String
  let value: ValueJSON
  let winner: Bool

  init(_ entry: LogEntry, _ names: EntityNames) {
    let operation = entry.operation
    replica = operation.dot.replica.description
    sequence = operation.dot.sequence
    stamp = String(operation.stamp.rawValue)
    time = Text.time(milliseconds: operation.stamp.milliseconds)
    entity = names.text(of: operation.register.entity)
    field = operation.register.field.name
    value = ValueJSON(operation.value)
    winner = entry.standing == .winner
  }
}

/// A value in JSON's own types; bytes as lower-case hexadecimal.
///
/// A long one is encoded as an empty array, which no value is, and ``JSONArray`` prints it in pieces
/// instead.
struct ValueJSON: Encodable {
  private let value: Value

  init(_ value: Value) {
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    guard !ValueJSON.isLong(value) else {
      _ = encoder.unkeyedContainer()
      return
    }
    var container = encoder.singleValueContainer()
    switch value.content {
    case .nothing: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .integer(let integer): try container.encode(integer)
    case .text(let text): try container.encode(text)
    case .data, .unknown: try container.encode(ValueText.text(of: value))
    }
  }
}

// Long values.
extension ValueJSON {
  static func isLong(_ value: Value) -> Bool { value.bytes.count > pieceBytes }

  private static let pieceBytes = 1 << 14

  /// Calls `body` with the pieces of what a long value is in JSON, which may be six times as long as
  /// the value.
  static func encodePieces(of value: Value, _ body: ([UInt8]) -> Void) {
    // A long value is text or bytes.
    let isText = value.bytes.first == Value.Tag.text.rawValue
    let isData = value.bytes.first == Value.Tag.data.rawValue
    var rest = value.bytes.dropFirst(isText || isData ? 1 : 0)
    while !rest.isEmpty {
      var piece = rest.prefix(pieceBytes)
      if isText {
        // Up to where a character begins.
        while piece.endIndex < rest.endIndex, rest[piece.endIndex] & 0xc0 == 0x80 {
          piece = piece.dropLast()
        }
      }
      let text = isText ? String(decoding: piece, as: UTF8.self) : Hexadecimal.text(of: piece)
      body(Array(Console.encode(text).utf8.dropFirst().dropLast()))
      rest = rest[piece.endIndex...]
    }
  }
}

/// A value in one line.
enum ValueText {
  static func text(of value: Value) -> String {
    switch value.content {
    case .nothing: "nothing"
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .text(let text): text
    case .data(let bytes): Hexadecimal.text(of: bytes)
    case .unknown: Hexadecimal.text(of: value.bytes)
    }
  }

  /// The same, cut as a list cuts texts.
  static func listed(_ value: Value) -> String {
    // Four bytes are a character at most: of longer ones no more is looked at.
    let maximum = 4 * (ArticleRow.listedCharacters + 1)
    guard value.bytes.count > maximum else { return ArticleRow.listed(text(of: value)) }
    let bytes = value.bytes.prefix(maximum)
    let text =
      switch value.bytes.first.flatMap(Value.Tag.init(rawValue:)) {
      case .text: String(decoding: bytes.dropFirst(), as: UTF8.self)
      case .data: Hexadecimal.text(of: bytes.dropFirst())
      default: Hexadecimal.text(of: bytes)
      }
    return ArticleRow.listed(text)
  }
}

/// Entities in one word, such as `article/7kq2m9xd`: articles by the ids that `list` shows.
struct EntityNames {
  private let articles: [ArticleID: String]
  private let highlights: [HighlightID: String]

  init(_ entities: some Sequence<EntityID>, _ library: Library) async throws {
    let entities = Set(entities)
    articles = try await library.shortIDs(
      of: Set(entities.filter { $0.kind == .article }.map { ArticleID(key: $0.key) }))
    highlights = try await library.shortIDs(
      of: Set(entities.filter { $0.kind == .highlight }.map { HighlightID(key: $0.key) }))
  }

  func text(of entity: EntityID) -> String {
    switch entity.kind {
    case .article: "article/\(id(of: entity))"
    case .highlight:
      "highlight/\(highlights[HighlightID(key: entity.key)] ?? HighlightID(key: entity.key).description)"
    case .replica: "replica/\(Hexadecimal.text(of: entity.key.bytes))"
    default: "\(entity.kind.number)/\(Hexadecimal.text(of: entity.key.bytes))"
    }
  }

  /// An article's alone; another entity's with its kind.
  func id(of entity: EntityID) -> String {
    guard entity.kind == .article else { return text(of: entity) }
    let id = ArticleID(key: entity.key)
    return articles[id] ?? id.description
  }
}
