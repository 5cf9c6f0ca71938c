import Foundation
import Replication

/// What a form that stays open for long keeps of what its author was shown (Protocol 11.5), without the
/// text.
///
/// ```
/// kind, key 16, field: length, bytes      the register
/// text        0, or 1 and 16 bytes        the beginning of SHA-256 of the text that the form began with,
///                                         where no other stood beside it
/// context     as beside an operation (2.5)
/// ```
public struct ShownMemo: Hashable, Sendable {
  public let register: RegisterID
  private let context: Context
  /// Nil where other texts stood beside: then saving the same is an answer to them.
  private let digest: Identifier?

  /// A memo is no longer than this in base64url; a register that more than some hundred replicas wrote
  /// has none.
  public static let longest = 16 << 10

  /// - Parameters:
  ///   - shown: what the author is shown.
  ///   - text: what the form begins with, as it would be sent back.
  public init(_ shown: Shown, text: String) {
    (register, context) = (shown.register, shown.context)
    digest = shown.conflicts.isEmpty ? ShownMemo.digest(of: text) : nil
  }

  /// What a write answers that sends a text. Nil where it speaks of another register.
  ///
  /// A text that the form began with was not written by its author, and counts as what is there.
  public func shown(of register: RegisterID, sending text: String) -> Shown? {
    guard register == self.register else { return nil }
    let isSame = digest == ShownMemo.digest(of: text)
    // A text that is too long is refused where it is written.
    let value = text.isEmpty ? Value.nothing : try? .text(text)
    return Shown(register, value: isSame ? value : nil, conflicts: [], context: context)
  }

  private static func digest(of text: String) -> Identifier {
    ContentHash(of: Array(text.utf8)).first
  }
}

extension ShownMemo {
  /// In base64url; nil where it would be too long.
  public var text: String? {
    var writer = ByteWriter()
    writer.number(UInt64(register.entity.kind.number))
    writer.identifier(register.entity.key)
    writer.number(register.field.bytes.count)
    writer.append(register.field.bytes)
    writer.byte(digest == nil ? 0 : 1)
    if let digest { writer.identifier(digest) }
    context.write(to: &writer)
    let text = ShownMemo.base64(writer.bytes)
    return text.utf8.count <= ShownMemo.longest ? text : nil
  }

  /// Reads what ``text`` writes; nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count <= ShownMemo.longest, let bytes = ShownMemo.bytes(base64: text)
    else { return nil }
    do throws(CodingError) {
      self = try ByteReader.read(bytes) { (reader: inout ByteReader) throws(CodingError) in
        try ShownMemo(from: &reader)
      }
    } catch {
      return nil
    }
  }

  private init(from reader: inout ByteReader) throws(CodingError) {
    let number = try reader.number()
    guard let kind = UInt32(exactly: number) else {
      throw .tooLarge(what: "kind", count: number, limit: UInt64(UInt32.max))
    }
    let key = try reader.identifier()
    let offset = reader.offset
    let name = try reader.array(reader.count(of: "field bytes", eachAtLeast: 1))
    do {
      register = RegisterID(
        EntityID(kind: EntityKind(number: kind), key: key), try Field(bytes: name))
    } catch {
      throw .invalidOperation(error, offset: offset)
    }
    let mark = try reader.byte()
    guard mark <= 1 else { throw .malformedNumber(offset: reader.offset) }
    digest = mark == 1 ? try reader.identifier() : nil
    context = try Context(from: &reader)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Each string of bytes has one spelling.
  private static func bytes(base64 text: String) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    let usual = text.replacing("-", with: "+").replacing("_", with: "/") + padding
    guard let data = Data(base64Encoded: usual), base64(Array(data)) == text else { return nil }
    return Array(data)
  }
}
