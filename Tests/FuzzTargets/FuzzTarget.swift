/// A reader of bytes from outside: whatever they are, it refuses or reads them, and never traps.
package struct FuzzTarget: Sendable, CustomStringConvertible {
  package let name: String
  /// What the reader takes, from which others are made by damage.
  package let samples: [[UInt8]]
  /// What is put in between where a sample is damaged.
  package let fragments: [String]
  /// Reads bytes and returns whether the reader took them. Throws ``FuzzFinding`` where what it read
  /// contradicts itself.
  package let takes: @Sendable ([UInt8]) throws -> Bool

  init(
    name: String, samples: [[UInt8]], fragments: [String] = [],
    takes: @escaping @Sendable ([UInt8]) throws -> Bool
  ) {
    (self.name, self.samples, self.fragments, self.takes) = (name, samples, fragments, takes)
  }

  package var description: String { name }

  package static let all: [FuzzTarget] =
    encodings + sealings + messages + bundles + texts + pages + files + requests
}

/// Something that a reader read, and that cannot be.
package struct FuzzFinding: Error, CustomStringConvertible {
  package let description: String
}

/// Throws a ``FuzzFinding`` unless that holds.
func hold(_ isSo: Bool, _ what: @autoclosure () -> String) throws(FuzzFinding) {
  guard isSo else { throw FuzzFinding(description: what()) }
}

/// What `body` returns; nil where the reader refuses.
func unlessRefused<Value>(_ body: () throws -> Value) throws(FuzzFinding) -> Value? {
  do {
    return try body()
  } catch let finding as FuzzFinding {
    throw finding
  } catch {
    return nil
  }
}

/// Bytes taken from the front, which choose what is done with the others.
struct FuzzChoice {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// A number below `count`; 0 where no bytes are left.
  mutating func next(below count: Int) -> Int { Int(rest.popFirst() ?? 0) % count }
}
