import Articles

/// How pictures are fetched.
public struct PictureOptions: Sendable {
  /// Whether hosts may be asked that are not on the public network: this machine, those of a house.
  public var allowsPrivateAddresses = false
  /// Whether addresses are asked that gave no picture a while ago.
  public var asksFailedAgain = false

  public init() {}
}

/// What fetching pictures did.
public struct PictureSummary: Sendable, Equatable {
  /// Addresses that were to be asked; all that is counted in a dry run.
  public var wanted = 0
  /// Pictures that came, each once.
  public var fetched = 0
  /// Of these, together.
  public var bytes = 0
  /// Pictures that the articles had already, of those they name by an address.
  public var kept = 0
  /// The articles that have pictures now which they had not.
  public var articles: Set<ArticleID> = []
  public var failed: [Failure] = []
  /// Addresses that gave no picture a while ago and were not asked, with what was said then.
  public var passedOver: [Failure] = []

  /// An address that gave no picture.
  public struct Failure: Sendable, Hashable {
    public let address: String
    /// Without a full stop, for people.
    public let reason: String
  }
}
