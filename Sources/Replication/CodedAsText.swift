/// A name that is encoded as its text, as scripts and people see it.
public protocol CodedAsText: Codable, LosslessStringConvertible {}

extension CodedAsText {
  /// Throws `DecodingError.dataCorrupted` for text that is no such name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is no \(Self.self)")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension ContentHash: CodedAsText {}
extension ReplicaID: CodedAsText {}
