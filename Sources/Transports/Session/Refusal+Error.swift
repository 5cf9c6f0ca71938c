import LibraryStore
import SyncSession

extension Refusal {
  /// What the other side should know of an error here; nil for what it caused or cannot hear of,
  /// and after damage, which may be somebody else's doing (Protocol 4.8).
  init?(over error: any Error) {
    switch error {
    case StoreError.busy: self.init(.busy, "the other side's library is in use")
    case StoreError.cannotWrite(let reason): self.init(.cannotWrite, reason)
    case is StoreError: self.init(.failed, "the other side's library failed")
    case ConnectionError.malformed, SessionError.malformed, SessionError.outOfTurn:
      self.init(.malformed, "a message broke the protocol")
    case SessionError.noCommonVersion: self.init(.version, "no version is spoken by both sides")
    default: return nil
    }
  }
}
