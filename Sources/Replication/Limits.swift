/// Every limit of the formats, in one table (Protocol, limits). Sizes are bytes.
public enum Limits {
  // Operations.
  public static let valueBytes = 4 << 20
  public static let fieldBytes = 1_024
  public static let maximumSequence: UInt64 = (1 << 63) - 1

  // Frames: what a writer aims at, and what a reader accepts.
  public static let frameTargetBytes = 1 << 20
  public static let frameInflatedBytes = 8 << 20
  public static let frameOperations = 1 << 17
  /// Bodies and pieces of bodies, each of which costs a reader a few rows, however short it is.
  public static let frameBodies = 16_384
  public static let chunkTargetBytes = 512 << 10
  public static let pieceBytes = 4 << 20
  public static let chunkCharacters = 65_281

  // Bodies and articles.
  public static let bodyBytes = 16 << 20
  public static let urlBytes = 8 << 10
  public static let nameBytes = 64
  public static let wantedBodies = 1_024
  /// Files of an exchange that a header names as damaged.
  public static let damagedFiles = 1_024
  /// Addresses of which it is remembered that they gave no picture.
  public static let failedPictures = 16_384
  /// Bundles of which it is remembered that they were merged or written.
  public static let knownBundles = 4_096

  // Authored text that was replaced, in the history of one machine.
  public static let replacedTexts = 10_000
  public static let replacedTextDays = 365
  public static let replacedTextBytes = 64 << 20
  // Queries, and the names of views that keep them.
  public static let queryBytes = 4_096
  public static let queryItems = 256
  public static let queryDepth = 32
  public static let viewNameBytes = 64
  // Actions that can be undone on one machine.
  public static let actions = 50
  /// Of what registers showed before, together.
  public static let actionBytes = 64 << 20

  // Bundles.
  public static let bundleFrames = 1 << 18

  // Sessions.
  public static let helloBytes = 1_024
  public static let sessionWantedBodies = 16_384
  public static let refusalBytes = 256
  /// The shortest frame that a side can ask another to keep to.
  public static let minimumLongestFrame = 1_024
  /// Lines of which it is remembered how long frames over them should be.
  public static let lines = 256
  /// Connections whose first message has not come.
  public static let unauthenticated = 64
  public static let unauthenticatedPerAddress = 4
  /// Connections whose first message was answered, and which have not proved to be there now.
  public static let unauthenticatedAnswered = 256
  public static let authenticationSeconds = 10
  public static let silenceSeconds = 60

  // Libraries.
  public static let replicas = 16_384
  public static let knowledgeRanges = 65_536
  public static let carriedRanges = 1 << 20
}
