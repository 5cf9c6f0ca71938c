/// What a file, a text or a key from outside can be refused for; the cases carry what is needed
/// to act, offsets are bytes from the start of the sealed file.
public enum SealingError: Error, Equatable, Sendable {
  /// Key material of the wrong size.
  case wrongLength(KeyMaterial, expected: Int, found: Int)
  /// A recipient that no shared secret can be agreed with, because its point is of low order.
  case unusableRecipient(AgeRecipient)

  /// A key or an invitation that was mistyped, cut or is something else.
  case unreadableText(TextKind, TextFault)
  /// An invitation made by a newer program, whose layout is not known here.
  case unknownInvitationVersion(UInt8)
  /// A label that is longer than `Invitation.labelLimit` bytes.
  case labelTooLong(byteCount: Int)
  /// A label that is not UTF-8 or holds control characters.
  case malformedLabel

  /// The bytes do not begin like an age v1 file in its binary form.
  case notAnAgeFile
  /// No end of the header within `AgeDecryptor.headerLimit` bytes.
  case headerTooLong(limit: Int)
  /// A line of the header that breaks the format.
  case malformedHeader(HeaderFault, offset: Int)
  /// A well-formed file that is sealed for others.
  case notForThisKey
  /// The key fits, but the header was changed after it was written.
  case headerNotAuthentic
  /// A chunk that was changed, moved, or is not this file's.
  case damagedChunk(index: UInt64, offset: Int)
  /// The file ends before its last chunk does.
  case truncated(offset: Int)
  /// Bytes follow the chunk that is marked as the last.
  case trailingData(offset: Int)
  /// An empty last chunk after others, which no writer makes.
  case emptyLastChunk(offset: Int)
}

/// Which key material had the wrong size.
public enum KeyMaterial: Equatable, Sendable {
  case librarySecret, libraryKey, ageIdentity, ageRecipient
}

/// Which of the texts people carry was read.
public enum TextKind: Equatable, Sendable {
  case ageRecipient, ageIdentity, invitation
}

/// Why a text is not what it was taken for; positions count bytes of UTF-8 from 0, after
/// separators were dropped.
public enum TextFault: Error, Equatable, Sendable {
  case tooLong(limit: Int)
  case unexpectedPrefix
  case unexpectedCharacter(position: Int)
  case wrongCase
  case checksum
  case padding
  case length(byteCount: Int)
}

/// Which rule of the age header was broken.
public enum HeaderFault: Error, Equatable, Sendable {
  case notAStanza, noStanza, malformedArgument, bodyLineTooLong, notCanonicalBase64
  case malformedX25519Stanza, lowOrderShare, scryptNotAlone, malformedMAC
}
