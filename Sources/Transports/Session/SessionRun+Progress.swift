import SyncSession

// How far it is.
extension SessionRun {
  func note(_ message: Message) {
    switch message {
    case .delta(let announcement):
      if announcement.frameCount > 0, contentStart == nil { contentStart = result.bytesRead }
      counts.toReceive += announcement.frameCount
      announcements += 1
    case .received(let frames): counts.acknowledged = max(counts.acknowledged, frames)
    default: return
    }
    report()
  }

  func report() {
    if announcements >= 2, counts.total > 0 { progress(counts) }
  }
}
