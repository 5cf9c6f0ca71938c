import NIOCore
import Replication

/// The connections that have not proved to be members.
actor Strangers {
  private var silent = Admission<ObjectIdentifier>(
    limit: Limits.unauthenticated, addressLimit: Limits.unauthenticatedPerAddress)
  private var answered = Admission<ObjectIdentifier>(
    limit: Limits.unauthenticatedAnswered, addressLimit: Limits.unauthenticatedAnswered)
  private var waiting: [ObjectIdentifier: Channel] = [:]

  func enter(_ channel: Channel) {
    waiting[ObjectIdentifier(channel)] = channel
    close(silent.enter(ObjectIdentifier(channel), from: Strangers.group(of: channel)))
  }

  func move(_ channel: Channel, to standing: SessionHost.Standing) {
    switch standing {
    case .answered:
      silent.leave(ObjectIdentifier(channel))
      close(answered.enter(ObjectIdentifier(channel), from: Strangers.group(of: channel)))
    case .member: leave(channel)
    }
  }

  /// It is gone; returns whether it had been admitted.
  @discardableResult
  func leave(_ channel: Channel) -> Bool {
    let key = ObjectIdentifier(channel)
    silent.leave(key)
    answered.leave(key)
    return waiting.removeValue(forKey: key) == nil
  }

  /// They stay among those that proved nothing until their tasks have seen the end.
  private func close(_ evicted: [ObjectIdentifier]) {
    for key in evicted { waiting[key]?.close(promise: nil) }
  }

  /// What counts as one address: all of an IPv6 network of 64 bits, for whoever has one has all.
  private static func group(of channel: Channel) -> String {
    guard let address = channel.remoteAddress else { return "" }
    guard case .v6(let v6) = address else { return address.ipAddress ?? "" }
    return withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
      let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
      return Hexadecimal.text(of: Array(isMapped ? bytes[12...] : bytes[..<8]))
    }
  }
}
