import NIOCore

/// How this machine is reached by others of its networks.
enum LocalNetwork {
  /// Its IPv4 addresses in private networks.
  @Sendable static func addresses() throws -> [String] {
    try System.enumerateDevices().compactMap { device -> String? in
      guard case .v4 = device.address, let text = device.address?.ipAddress, isPrivate(text)
      else { return nil }
      return text
    }
  }

  /// Whether an address is of those that no router passes on (RFC 1918).
  static func isPrivate(_ address: String) -> Bool {
    let parts = address.split(separator: ".").compactMap { UInt8($0) }
    guard parts.count == 4 else { return false }
    return switch (parts[0], parts[1]) {
    case (10, _), (192, 168), (172, 16...31): true
    default: false
    }
  }
}
