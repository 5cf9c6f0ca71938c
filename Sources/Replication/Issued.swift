/// What was last given out under a replica's id, as a database and the machine's evidence each keep
/// it: equal records are what entitles the database to write as that replica (Protocol 1.10).
public struct Issued: Hashable, Sendable {
  /// The highest sequence.
  public let sequence: UInt64
  /// The highest number of an exchange file.
  public let file: UInt64
  /// Another one at each raise, so that no two states of a replica have equal records.
  public let token: Identifier

  public init(sequence: UInt64, file: UInt64, token: Identifier) {
    self.sequence = sequence
    self.file = file
    self.token = token
  }

  /// The record of an id that has given out nothing.
  public static func nothing(using generator: inout some RandomNumberGenerator) -> Issued {
    Issued(sequence: 0, file: 0, token: .random(using: &generator))
  }

  /// The record after giving out more; never less.
  public func raised(
    sequence: UInt64 = 0, file: UInt64 = 0, using generator: inout some RandomNumberGenerator
  ) -> Issued {
    Issued(
      sequence: max(sequence, self.sequence), file: max(file, self.file),
      token: .random(using: &generator))
  }
}
