import Replication

/// What a reader refuses. Offsets count bytes from the start of the frame's inflated payload.
public enum CodingError: Error, Equatable {
  /// The bytes end before the value does.
  case endsEarly(offset: Int)
  /// Bytes are left over after the last value.
  case trailingBytes(offset: Int, count: Int)
  /// A number is not in its shortest form or does not fit 64 bits.
  case malformedNumber(offset: Int)
  /// A count or a length is beyond what the bytes can hold or the limits allow.
  case tooLarge(what: String, count: UInt64, limit: UInt64)
  /// Values stand in an order no writer produces.
  case outOfOrder(what: String, offset: Int)
  /// An index names an entry its dictionary does not have.
  case unknownIndex(what: String, offset: Int)
  /// A part breaks the rules of operations.
  case invalidOperation(ReplicationError, offset: Int)
  /// The frame's declared inflated length is beyond the limit.
  case frameTooLarge(declared: Int, limit: Int)
  /// The checksum over the frame's header and stored bytes differs.
  case checksumDiffers
  /// The stored bytes do not inflate to exactly the declared length.
  case inflateFailed(declared: Int)
  /// zlib could not compress, for want of memory.
  case deflateFailed
  /// Reserved bits are set, so a newer version wrote this.
  case reservedBits(offset: Int)
}
