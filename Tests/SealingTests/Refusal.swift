import Sealing

extension SealingError {
  /// The word for this refusal in the vectors (Protocol 4.6).
  var word: String {
    switch self {
    case .wrongLength: "length"
    case .unusableRecipient: "recipient"
    case .unreadableText(_, let fault): fault.word
    case .unknownInvitationVersion: "version"
    case .labelTooLong, .malformedLabel: "label"
    case .notAnAgeFile, .headerTooLong, .malformedHeader: "header"
    case .notForThisKey: "no match"
    case .headerNotAuthentic: "mac"
    case .damagedChunk, .trailingData, .emptyLastChunk: "payload"
    case .truncated: "truncated"
    }
  }
}

extension TextFault {
  fileprivate var word: String {
    switch self {
    case .tooLong: "too long"
    case .unexpectedPrefix: "prefix"
    case .unexpectedCharacter: "character"
    case .wrongCase: "case"
    case .checksum: "checksum"
    case .padding: "padding"
    case .length: "length"
    }
  }
}

/// What a call answered, or the word for why it refused; any other error is thrown on.
func outcome<Value>(_ body: () throws -> Value) throws -> Outcome<Value> {
  do {
    return .accepted(try body())
  } catch let error as SealingError {
    return .refused(error.word)
  }
}

enum Outcome<Value> {
  case accepted(Value)
  case refused(String)
}

extension Outcome: Equatable where Value: Equatable {}

extension Outcome {
  /// What a case of the vectors says; one of the two is there.
  init(expect: Value?, refused: String?) {
    self = expect.map { .accepted($0) } ?? .refused(refused ?? "nothing is expected")
  }
}
