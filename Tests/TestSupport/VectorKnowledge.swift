import Replication

extension Knowledge {
  /// Reads lines such as `aa... 1...3, 5...5`; nil where one is not so.
  package init?(lines: [String]) {
    self.init()
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let bytes = Hexadecimal.bytes(of: words[0]),
        let identifier = Identifier(bytes: bytes)
      else { return nil }
      for range in words[1].split(separator: ", ") {
        let ends = range.split(separator: "...").compactMap { UInt64($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return nil }
        insert(SequenceSet(ends[0]...ends[1]), of: ReplicaID(identifier))
      }
    }
  }

  /// As the vectors write it, a line for each replica.
  package var lines: [String] {
    sorted.map { replica, sequences in
      let ranges = sequences.ranges.map { "\($0.lowerBound)...\($0.upperBound)" }
      return "\(replica) " + ranges.joined(separator: ", ")
    }
  }
}

/// A statement as the vectors write it.
package struct VectorStatement: Codable, Sendable {
  let basis: [String]
  let carried: [String]
  let known: [String]

  package init(_ statement: DeltaStatement) {
    basis = statement.basis.lines
    carried = statement.carried.lines
    known = statement.known.lines
  }

  /// Nil where the vector does not read.
  package var statement: DeltaStatement? {
    guard let basis = Knowledge(lines: basis), let carried = Knowledge(lines: carried),
      let known = Knowledge(lines: known)
    else { return nil }
    return DeltaStatement(basis: basis, carried: carried, known: known)
  }
}
