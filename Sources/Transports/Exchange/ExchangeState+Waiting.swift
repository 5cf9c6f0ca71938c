import LibraryStore

// Files that could not be read, and are not tried again each time (Protocol 7.4).
extension ExchangeState {
  /// Up to so many are tried each time all the same: people may just have put them right.
  static let triedEachTime = 16

  /// Of these files, those that are tried now.
  func withoutLeft(_ indices: [Int]) -> [Int] {
    let left = indices.count { isWaiting(files[$0]) }
    return left > ExchangeState.triedEachTime
      ? indices.filter { !isWaiting(files[$0]) } : indices
  }

  /// Those to read that are left for now.
  func left() -> [Int] {
    let unread = files.indices.filter { isUnread(files[$0]) }
    let waiting = unread.filter { isWaiting(files[$0]) }
    return waiting.count > ExchangeState.triedEachTime ? waiting : []
  }

  /// Whether its last try was so late that as long has not passed since: it waits for as long as it
  /// had been unreadable, up to a day, and for the first time not beyond the day after which it is
  /// damaged. What a wrong clock noted is tried.
  func isWaiting(_ file: File) -> Bool {
    guard let fault = file.record.fault, fault.length == file.length, fault.since <= fault.tried,
      fault.tried <= now
    else { return false }
    let day = ExchangeState.dayMilliseconds
    let unreadable = fault.tried - fault.since
    let wait = unreadable < day ? min(unreadable, day - unreadable) : day
    return now - fault.tried < wait
  }

  /// Whether it could not be read at this length before.
  func wasUnreadable(_ listed: ExchangeListing.File) -> Bool {
    index(of: listed.name).flatMap { files[$0].record.fault?.length } == listed.length
  }
}
