import Coding
import Replication

/// What bytes mean, in the lines the vectors spell it in.
protocol Meaningful {
  var meaning: [String] { get }
}

extension SequenceSet: Meaningful {
  var meaning: [String] { ranges.map { "\($0.lowerBound)...\($0.upperBound)" } }
}

extension Knowledge: Meaningful {
  var meaning: [String] {
    sorted.map { "\($0.replica) \($0.sequences.meaning.joined(separator: ", "))" }
  }
}

extension DeltaStatement: Meaningful {
  var meaning: [String] {
    basis.meaning.map { "basis \($0)" } + carried.meaning.map { "carried \($0)" }
      + known.meaning.map { "known \($0)" }
  }
}

extension OperationBlock {
  func meaning() throws -> [String] {
    try ["replica \(replica)", "range \(range.lowerBound)...\(range.upperBound)"]
      + operations().map(\.line)
  }
}

extension BodyChunk: Meaningful {
  var meaning: [String] {
    entries.map {
      "\($0.hash) of \($0.bodyLength) at \($0.offset): \(Hexadecimal.text(of: bytes(of: $0)))"
    }
  }
}

extension Frame {
  func meaning() throws -> [String] {
    [
      "kind \(kind.number)", isDeflated ? "deflated" : "as it is",
      "payload \(Hexadecimal.text(of: try payload()))",
    ]
  }
}

extension Operation {
  fileprivate var line: String {
    let stamp = Identifier(high: 0, low: stamp.rawValue).bytes.suffix(8)
    let line =
      "\(dot.sequence) @\(Hexadecimal.text(of: stamp)) \(register.entity.kind.number)/"
      + "\(Hexadecimal.text(of: register.entity.key.bytes)) \(register.field.name) = "
      + value.meaning
    guard let context else { return line }
    let entries = context.entries.map { "\($0.replica):\($0.sequence)" }
    return line + " after " + (entries.isEmpty ? "nothing" : entries.joined(separator: ", "))
  }
}

extension Value {
  fileprivate var meaning: String {
    switch content {
    case .nothing: "nothing"
    case .flag(let flag): flag ? "yes" : "no"
    case .integer(let integer): "integer \(integer)"
    case .text(let text): "text \(text)"
    case .data(let bytes): "data \(Hexadecimal.text(of: bytes))"
    case .unknown: "unknown \(Hexadecimal.text(of: bytes))"
    }
  }
}
