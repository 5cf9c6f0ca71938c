extension SealingError: CustomStringConvertible {
  /// One sentence for people; it never repeats text or bytes that may be secret.
  public var description: String {
    switch self {
    case .wrongLength(let material, let expected, let found):
      "the \(material.name) must be \(expected) bytes long, not \(found)"
    case .unusableRecipient(let recipient): "nothing can be sealed for the recipient \(recipient)"
    case .unreadableText(let kind, let fault): "this is not a valid \(kind.name): \(fault.reason)"
    case .unknownInvitationVersion(let version):
      "this invitation has version \(version), which needs a newer program"
    case .labelTooLong(let byteCount):
      "a label holds at most \(Invitation.labelLimit) bytes, not \(byteCount)"
    case .malformedLabel: "the label is not plain text"
    case .notAnAgeFile: "this is not an age v1 file"
    case .headerTooLong(let limit): "the age header does not end within \(limit) bytes"
    case .malformedHeader(let fault, let offset): "at byte \(offset), \(fault.reason)"
    case .notForThisKey: "this file is sealed for another key"
    case .headerNotAuthentic: "the age header was changed after it was written"
    case .damagedChunk(let index, let offset): "chunk \(index), at byte \(offset), is damaged"
    case .truncated(let offset): "the file is cut off after \(offset) bytes"
    case .trailingData(let offset): "the file should have ended at byte \(offset)"
    case .emptyLastChunk(let offset): "the last chunk, at byte \(offset), is empty"
    }
  }
}

extension KeyMaterial {
  fileprivate var name: String {
    switch self {
    case .librarySecret: "library secret"
    case .libraryKey: "library key"
    case .ageIdentity: "age identity"
    case .ageRecipient: "age recipient"
    }
  }
}

extension TextKind {
  fileprivate var name: String {
    switch self {
    case .ageRecipient: "age recipient"
    case .ageIdentity: "age identity"
    case .invitation: "invitation"
    }
  }
}

extension TextFault {
  fileprivate var reason: String {
    switch self {
    case .tooLong(let limit): "it is longer than \(limit) characters"
    case .unexpectedPrefix: "it begins differently"
    case .unexpectedCharacter(let position): "character \(position + 1) cannot occur in it"
    case .wrongCase: "it has letters in the wrong case"
    case .checksum: "its checksum does not fit, so something in it was mistyped"
    case .padding: "it does not end on a whole byte"
    case .length(let byteCount): "it holds \(byteCount) bytes"
    }
  }
}

extension HeaderFault {
  fileprivate var reason: String {
    switch self {
    case .notAStanza: "neither a recipient stanza nor the end of the header begins"
    case .noStanza: "the header ends without a recipient stanza"
    case .malformedArgument: "a stanza has an empty or unprintable argument"
    case .bodyLineTooLong: "a stanza's body has a line of more than 64 characters"
    case .notCanonicalBase64: "a stanza's body is not canonical base64"
    case .malformedX25519Stanza: "an X25519 stanza has the wrong parts"
    case .lowOrderShare: "an X25519 stanza has a share of low order"
    case .scryptNotAlone: "a passphrase stanza stands beside others"
    case .malformedMAC: "the header's authentication code is malformed"
    }
  }
}
