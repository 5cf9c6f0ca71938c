import Processes
import Replication

/// Brings what lies at an address, by the user's curl, within bounds of bytes, time and steps.
///
/// Hosts are looked up here, and curl is told which address to connect to, whatever it would make of
/// the name; it follows no redirect, which is looked at here as the first address was. So a name that
/// leads elsewhere when it is asked again leads nowhere.
package struct PictureFetcher: Sendable {
  package var program = "curl"
  /// Whether an address may be connected to.
  package var allows: @Sendable (NetworkAddress) -> Bool = { $0.isPublic }
  /// The addresses of a host.
  package var lookUp: @Sendable (String) async -> [NetworkAddress] = {
    await NetworkAddress.addresses(of: $0)
  }
  package var longest = Limits.bodyBytes
  /// For all steps together.
  package var seconds = 30
  package var redirects = 5

  package init() {}

  /// Throws ``PictureFailure``, `ChildProcessError` where there is no curl, and `CancellationError`.
  ///
  /// - Parameter address: where it lies; what it leads to is followed.
  package func bytes(at address: PictureAddress) async throws -> [UInt8] {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var address = address
    for _ in 0...redirects {
      switch try await answer(of: address, until: deadline) {
      case .bytes(let bytes): return bytes
      case .redirect(let next): address = next
      }
    }
    throw PictureFailure.tooManyRedirects(limit: redirects)
  }
}

extension PictureFetcher {
  private enum Answer {
    case bytes([UInt8])
    case redirect(PictureAddress)
  }

  /// Addresses of one host that are tried.
  private static let tries = 3

  private func answer(
    of address: PictureAddress, until deadline: ContinuousClock.Instant
  ) async throws -> Answer {
    let found = await lookUp(address.host)
    try Task.checkCancellation()
    guard !found.isEmpty else { throw PictureFailure.noSuchHost(address.host) }
    // One that is private is enough: who answers for the name may be asked for either.
    guard found.allSatisfy(allows) else {
      throw PictureFailure.privateAddress(host: address.host)
    }
    for target in found.prefix(PictureFetcher.tries) {
      let rest = deadline - .now
      guard rest > .zero else { break }
      let outcome = try await run(address, at: target, within: rest)
      if outcome.ending.status != Curl.noConnection { return try answer(outcome) }
    }
    guard deadline > .now else { throw PictureFailure.slow(seconds: seconds) }
    throw PictureFailure.noConnection(host: address.host)
  }

  private func run(
    _ address: PictureAddress, at target: NetworkAddress, within rest: Duration
  ) async throws -> ProgramRun.Outcome {
    var curl = ProgramRun(
      program, Curl.arguments(address, at: target, within: rest, longest: longest))
    curl.outputLimit = longest
    // Its own bound comes first.
    curl.patience = rest + .seconds(2)
    do {
      return try await curl.run()
    } catch ProgramRun.Failure.tooLong {
      throw PictureFailure.tooLong(limit: longest)
    } catch ProgramRun.Failure.silent {
      throw PictureFailure.slow(seconds: seconds)
    }
  }

  private func answer(_ outcome: ProgramRun.Outcome) throws -> Answer {
    let told = String(decoding: outcome.messages.last ?? [], as: UTF8.self)
      .split(separator: " ", maxSplits: 1)
    let code = told.first.flatMap { Int($0) } ?? 0
    switch outcome.ending.status {
    case 0, Curl.refused: break
    case Curl.tooSlow: throw PictureFailure.slow(seconds: seconds)
    case Curl.tooLong: throw PictureFailure.tooLong(limit: longest)
    case let status where Curl.notSecure.contains(status):
      throw PictureFailure.notSecure(code: status)
    case let status: throw PictureFailure.broken(code: status)
    }
    if code == 200 { return .bytes(outcome.output) }
    guard [301, 302, 303, 307, 308].contains(code) else { throw PictureFailure.status(code) }
    guard told.count == 2, let next = PictureAddress(String(told[1])) else {
      throw PictureFailure.redirect
    }
    return .redirect(next)
  }
}

/// How curl is called, and how it ends.
private enum Curl {
  static let noConnection: Int32 = 7
  /// The answer was 400 or above.
  static let refused: Int32 = 22
  static let tooSlow: Int32 = 28
  static let tooLong: Int32 = 63
  static let notSecure: Set<Int32> = [35, 51, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91]

  static func arguments(
    _ address: PictureAddress, at target: NetworkAddress, within rest: Duration, longest: Int
  ) -> [String] {
    [
      // No file of settings, which would have to come first; no proxy, which would look names up
      // itself; braces and brackets as they are.
      "--disable", "--noproxy", "*", "--globoff", "--silent", "--fail",
      "--proto", "=http,https", "--max-redirs", "0", "--disallow-username-in-url",
      "--connect-to", "::\(target.text):\(address.port)",
      "--connect-timeout", "10", "--max-time", "\(max(1, rest.components.seconds))",
      "--max-filesize", "\(longest)", "--user-agent", "satchel", "--header", "Accept: image/*",
      "--output", "-", "--write-out", "%{stderr}%{http_code} %{redirect_url}\\n",
      "--url", address.text,
    ]
  }
}
