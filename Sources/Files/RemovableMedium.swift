import SystemPackage

extension FilePath {
  /// Whether it lies on a medium that people pull out: a stick, a card, a disk on USB, or what is
  /// mounted where sticks are. False where the system does not tell.
  package var isOnRemovableMedium: Bool {
    let whole = absolute
    if ["/media", "/run/media", "/Volumes"].contains(where: { whole.starts(with: FilePath($0)) }) {
      return true
    }
    #if os(Linux)
      guard let status = try? FileStatus(of: whole, followingLinks: true) else { return false }
      // Linux packs two numbers into one.
      let device = status.device
      let (major, minor) = (
        (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF, device & 0xFF | (device >> 12) & ~0xFF
      )
      return FilePath.isRemovable(device: FilePath("/sys/dev/block/\(major):\(minor)"))
    #else
      return false
    #endif
  }

  /// - Parameter device: a link to the device's folder, as the kernel has one for each.
  static func isRemovable(device: FilePath) -> Bool {
    guard let folder = try? device.real() else { return false }
    let names = folder.components.map(\.string)
    if names.contains(where: { $0.hasPrefix("usb") || $0 == "mmc_host" }) { return true }
    // Of a partition, the disk knows.
    return [folder, folder.removingLastComponent()].contains {
      (try? InputFile($0.appending("removable"), .named).read(upTo: 1)) == [0x31]
    }
  }
}
