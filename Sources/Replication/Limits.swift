/// Every limit of the formats, in one table (Protocol, limits). Sizes are bytes.
package enum Limits {
  // Operations.
  package static let valueBytes = 4 << 20
  package static let fieldBytes = 1_024
  package static let maximumSequence: UInt64 = (1 << 63) - 1

  // Frames: what a writer aims at, and what a reader accepts.
  package static let frameTargetBytes = 1 << 20
  package static let frameInflatedBytes = 8 << 20
  package static let frameOperations = 1 << 17
  package static let chunkTargetBytes = 512 << 10
  package static let pieceBytes = 4 << 20
  package static let chunkCharacters = 65_281

  // Bodies and articles.
  package static let bodyBytes = 16 << 20
  package static let urlBytes = 8 << 10
  package static let nameBytes = 64
  package static let wantedBodies = 1_024
  /// Bundles of which it is remembered that they were merged or written.
  package static let knownBundles = 4_096

  // Authored text that was replaced, in the history of one machine.
  package static let replacedTexts = 10_000
  package static let replacedTextDays = 365
  package static let replacedTextBytes = 64 << 20

  // Bundles.
  package static let bundleFrames = 1 << 18

  // Sessions.
  package static let helloBytes = 1_024
  package static let sessionWantedBodies = 16_384
  package static let refusalBytes = 256
  /// The shortest frame that a side can ask another to keep to.
  package static let minimumLongestFrame = 1_024
  /// Lines of which it is remembered how long frames over them should be.
  package static let lines = 256
  /// Connections whose first message has not come.
  package static let unauthenticated = 64
  package static let unauthenticatedPerAddress = 4
  /// Connections whose first message was answered, and which have not proved to be there now.
  package static let unauthenticatedAnswered = 256
  package static let authenticationSeconds = 10
  package static let silenceSeconds = 60

  // Libraries.
  package static let replicas = 16_384
  package static let knowledgeRanges = 65_536
  package static let carriedRanges = 1 << 20
}
