import Foundation

/// The two ends of a pipe, which no child gets unless it is given one.
package struct PipeEnds {
  package let reading: Int32
  package let writing: Int32

  /// Throws ``ChildProcessError`` where this process has no descriptors left.
  package init() throws(ChildProcessError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw ChildProcessError(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }
}
