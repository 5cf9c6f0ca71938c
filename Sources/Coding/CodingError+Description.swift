import Replication

extension CodingError: CustomStringConvertible {
  /// One clause for people.
  public var description: String {
    switch self {
    case .endsEarly(let offset): "it ends early, at byte \(offset)"
    case .trailingBytes(let offset, let count):
      "\(Wording.count(count, "byte")) too many follow at byte \(offset)"
    case .malformedNumber(let offset): "the number at byte \(offset) is malformed"
    case .tooLarge(let what, let count, let limit):
      "\(what): \(Wording.number(count)), where at most \(Wording.number(limit)) is allowed"
    case .outOfOrder(let what, let offset): "the \(what) at byte \(offset) are out of order"
    case .unknownIndex(let what, let offset): "the \(what) at byte \(offset) is in no table"
    case .invalidOperation(let error, let offset): "at byte \(offset), \(error)"
    case .frameTooLarge(let declared, let limit):
      "it claims \(Wording.count(declared, "byte")), and at most \(Wording.number(limit)) are allowed"
    case .checksumDiffers: "checksum differs"
    case .inflateFailed(let declared):
      "it does not inflate to the \(Wording.count(declared, "byte")) it claims"
    case .deflateFailed: "there is no memory left to compress it"
    case .reservedBits(let offset):
      "a newer version wrote the byte at \(offset), which uses bits that mean nothing yet"
    }
  }
}
