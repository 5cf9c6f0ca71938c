import Replication

/// An operation as the vectors of behavior spell it.
package struct VectorOperation: Codable, Equatable, Sendable {
  let kind: UInt32
  let key: String
  let field: String
  /// Sixteen hexadecimal digits.
  let stamp: String
  let replica: String
  let sequence: UInt64
  /// The value's canonical bytes.
  let value: String
  let context: [Entry]?

  struct Entry: Codable, Equatable, Sendable {
    let replica: String
    let sequence: UInt64
  }

  package init(_ operation: Operation) {
    kind = operation.register.entity.kind.number
    key = Hexadecimal.text(of: operation.register.entity.key.bytes)
    field = operation.register.field.name
    let digits = String(operation.stamp.rawValue, radix: 16)
    stamp = String(repeating: "0", count: 16 - digits.count) + digits
    replica = operation.dot.replica.description
    sequence = operation.dot.sequence
    value = Hexadecimal.text(of: operation.value.bytes)
    context = operation.context?.entries.map {
      Entry(replica: $0.replica.description, sequence: $0.sequence)
    }
  }

  /// Throws where the vector says what no operation can.
  package func operation() throws -> Operation {
    guard let stamp = UInt64(stamp, radix: 16).flatMap(Stamp.init(rawValue:)),
      let value = Hexadecimal.bytes(of: value)
    else { throw Unreadable.digits(stamp, value) }
    return try Operation(
      dot: Dot(replica: ReplicaID(VectorOperation.identifier(replica)), sequence: sequence),
      stamp: stamp,
      register: RegisterID(
        EntityID(kind: EntityKind(number: kind), key: VectorOperation.identifier(key)),
        Field(bytes: Array(field.utf8))),
      value: Value(canonical: value),
      context: context.map { entries in
        Context(
          try entries.map {
            Context.Entry(
              replica: ReplicaID(try VectorOperation.identifier($0.replica)),
              sequence: $0.sequence)
          })
      })
  }

  private static func identifier(_ digits: String) throws -> Identifier {
    guard let bytes = Hexadecimal.bytes(of: digits), let identifier = Identifier(bytes: bytes)
    else { throw Unreadable.digits(digits, digits) }
    return identifier
  }

  private enum Unreadable: Error {
    case digits(String, String)
  }
}
