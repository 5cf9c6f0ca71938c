import Coding

extension CodingError {
  /// The word for this refusal in the vectors (Protocol 2.9).
  var word: String {
    switch self {
    case .endsEarly: "ends early"
    case .trailingBytes: "trailing bytes"
    case .malformedNumber: "number"
    case .tooLarge, .frameTooLarge: "too large"
    case .outOfOrder: "order"
    case .unknownIndex: "index"
    case .invalidOperation: "operation"
    case .checksumDiffers: "checksum"
    case .inflateFailed: "inflate"
    case .reservedBits: "reserved"
    case .deflateFailed: "no refusal, but want of memory"
    }
  }
}
