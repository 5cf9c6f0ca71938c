import Foundation
import TestSupport
import Testing

@testable import Files

/// Which media people pull out, by what the kernel tells of a device.
struct RemovableMediumTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Makes the folders of a disk and its partition as the kernel has them, and the partition's link.
  private func partition(of disk: String, removable: String) throws -> FilePath {
    let root = FilePath(folder.url.path)
    let partition = root.pushing(FilePath("\(disk)1"))
    try Folder.make(partition)
    let file = partition.removingLastComponent().appending("removable")
    try OutputFile.write(Array(removable.utf8), to: file, .umask, .new)
    let link = root.appending("link-\(disk.replacing("/", with: "-"))")
    try FileManager.default.createSymbolicLink(
      atPath: link.string, withDestinationPath: partition.string)
    return link
  }

  @Test(arguments: [
    ("pci/usb2/2-1/block/sdb/sdb", "0\n", true), ("pci/ata1/block/sda/sda", "0\n", false),
    ("pci/ata1/block/sr0/sr", "1\n", true), ("platform/mmc_host/mmc0/block/mmc", "0\n", true),
    ("virtual/block/loop0/loop", "0\n", false),
  ])
  func `a disk on USB, a card and what says so itself are removable`(
    disk: String, removable: String, isRemovable: Bool
  ) throws {
    let device = try partition(of: disk, removable: removable)
    #expect(FilePath.isRemovable(device: device) == isRemovable)
  }

  @Test func `what the kernel does not know is not`() {
    #expect(!FilePath.isRemovable(device: FilePath("/sys/dev/block/0:0")))
    #expect(!FilePath("/").isOnRemovableMedium)
    #expect(FilePath("/media/somebody/stick").isOnRemovableMedium)
    #expect(!FilePath("/mediatheque").isOnRemovableMedium)
  }
}
