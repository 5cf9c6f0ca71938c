import Files
import Replication
import Transports

/// Where to synchronize with: a folder, a place that rclone reaches, a replica that listens, or one
/// that ssh reaches.
public struct SyncTarget: Sendable, Equatable, CustomStringConvertible {
  let kind: any SyncTargetKind

  /// Every kind of target, in the order in which text is tried: the last takes all.
  private static let kinds: [any SyncTargetKind.Type] = [
    SSHTarget.self, RcloneTarget.self, HostTarget.self, FolderTarget.self,
  ]

  /// Reads a target as people type it: `HOST:PORT`, `[IPV6]:PORT`, `ssh://HOST/PATH`,
  /// `rclone:REMOTE:PATH`, else a folder. What has a slash before its colon, or no number after it, is
  /// a folder.
  ///
  /// Throws `invalid` for no text, a port out of bounds, and for an ssh address or a place of rclone's
  /// that does not read.
  public init(_ text: String) throws(LibraryError) {
    // It would be the folder one is in, which a variable that is not set should not fill.
    guard !text.isEmpty else { throw .invalid("a target has a name") }
    for kind in SyncTarget.kinds {
      guard let target = try kind.init(reading: text) else { continue }
      self.init(target)
      return
    }
    throw .invalid("\(text): no kind of target is written so")
  }

  init(_ kind: some SyncTargetKind) {
    self.kind = kind
  }

  /// A folder that replicas share.
  public static func folder(_ path: FilePath) -> SyncTarget { SyncTarget(FolderTarget(path)) }

  /// A replica that listens.
  ///
  /// - Parameters:
  ///   - host: a name, an IPv4 or an IPv6 address, the last without brackets.
  ///   - port: ``Library/defaultPort`` where nobody chose another.
  public static func host(_ host: String, port: Int) -> SyncTarget {
    SyncTarget(HostTarget(host, port: port))
  }

  /// A replica that ssh reaches.
  public static func ssh(_ address: SSHAddress) -> SyncTarget { SyncTarget(SSHTarget(address)) }

  /// The absolute path of a target that is a folder.
  public var folder: FilePath? { (kind as? FolderTarget)?.path }

  /// Whether replicas leave files for each other there, a folder or a store; else another machine
  /// answers.
  public var holdsFiles: Bool { kind is any StorageTarget }

  /// As it is remembered, and read again: every byte of a folder's path is in it.
  var text: String { kind.text }

  /// For people.
  public var description: String { kind.description }

  public static func == (left: SyncTarget, right: SyncTarget) -> Bool { left.text == right.text }
}
