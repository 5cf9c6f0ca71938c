import Replication

/// The longest frame of content that is wanted over a line, learnt from how sessions over it went
/// (Protocol 8.3): what is not whole when a line breaks is lost.
package struct LongestFrame: Sendable, Equatable {
  /// Stored bytes.
  package let bytes: Int

  /// Of lines nothing bad is known of.
  package static let maximum = LongestFrame(Limits.frameInflatedBytes)

  /// The nearest there can be.
  package init(_ bytes: Int) {
    self.bytes = min(max(bytes, Limits.minimumLongestFrame), Limits.frameInflatedBytes)
  }

  /// How many bodies are asked for at once: a name takes some forty bytes, and what is asked for
  /// should take most of the line.
  package var wantedBodies: Int {
    min(Limits.sessionWantedBodies, max(8, bytes / 8 / 40))
  }

  /// After a session that came to its end and brought so many bytes of content.
  package func ended(bringing came: Int) -> LongestFrame {
    came < bytes ? self : LongestFrame(2 * bytes)
  }

  /// After a session that broke when so many bytes of content had come and so many of them were
  /// committed. Where most was lost, four frames should fit next time.
  package func broke(bringing came: Int, committing kept: Int) -> LongestFrame {
    kept >= came - kept ? self : LongestFrame(min(bytes, came) / 4)
  }
}
