/// What was last given out under a replica's id, as a database and the machine's evidence each keep
/// it: equal records are what entitles the database to write as that replica (Protocol 1.10).
package struct Issued: Hashable, Sendable {
  /// The highest sequence.
  package let sequence: UInt64
  /// The highest number of an exchange file.
  package let file: UInt64
  /// Another one at each raise, so that no two states of a replica have equal records.
  package let token: Identifier

  package init(sequence: UInt64, file: UInt64, token: Identifier) {
    self.sequence = sequence
    self.file = file
    self.token = token
  }

  /// The record of an id that has given out nothing.
  package static func nothing(using generator: inout some RandomNumberGenerator) -> Issued {
    Issued(sequence: 0, file: 0, token: .random(using: &generator))
  }

  /// The record after giving out more; never less.
  package func raised(
    sequence: UInt64 = 0, file: UInt64 = 0, using generator: inout some RandomNumberGenerator
  ) -> Issued {
    Issued(
      sequence: max(sequence, self.sequence), file: max(file, self.file),
      token: .random(using: &generator))
  }
}
