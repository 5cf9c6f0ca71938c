/// What lets browsers in to a page that is served.
public struct Door: Sendable {
  /// What it listens on.
  public let address: String
  public let port: Int
  /// The address by which other devices reach it; nil where they cannot.
  public let networkAddress: String?
  let gatekeeper: Gatekeeper
  /// Whether other devices may change something.
  let networkWrites: Bool

  /// How long a link for another device is good.
  public static let networkLinkSeconds = 120

  /// A link that begins a session in one browser of this machine, once.
  ///
  /// - Parameter article: the id of the article to show first; nil shows the list.
  public func link(to article: String? = nil) async -> String {
    let code = await gatekeeper.doorkeeper.issue()
    let place = article.map { "/\(gatekeeper.prefix)/article/\(PercentText.encoded($0))" }
    let address = networkAddress == nil ? address : OwnAddresses.loopback
    return link(address, code) + (place.map { "?to=\(PercentText.encoded($0))" } ?? "")
  }

  /// A link that begins a session on another device, once and within two minutes; nil where none
  /// can reach this one.
  public func networkLink() async -> String? {
    guard let networkAddress else { return nil }
    let code = await gatekeeper.doorkeeper.issue(
      isReadOnly: !networkWrites, lasting: .seconds(Door.networkLinkSeconds))
    return link(networkAddress, code)
  }

  private func link(_ address: String, _ code: String) -> String {
    "\(gatekeeper.addresses.root(address))/start/\(code)"
  }
}
