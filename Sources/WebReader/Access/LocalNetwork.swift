import NIOCore

/// How this machine is reached by others of its networks.
enum LocalNetwork {
  /// Its IPv4 addresses, those of private networks first.
  static func addresses() throws -> [String] {
    let all = try System.enumerateDevices().compactMap { device -> String? in
      guard case .v4 = device.address, let text = device.address?.ipAddress,
        !text.hasPrefix("127.")
      else { return nil }
      return text
    }
    return all.filter(isPrivate) + all.filter { !isPrivate($0) }
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
