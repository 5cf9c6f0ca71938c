import Coding
import Replication

extension OperationBlock {
  /// The payload that stands for `range` of one replica and holds `operations`, ascending by
  /// sequence.
  package static func payload(
    of operations: [Operation], replica: ReplicaID, range: ClosedRange<UInt64>
  ) -> [UInt8] {
    var builder = OperationBlockBuilder(replica: replica)
    for operation in operations { builder.append(operation) }
    return builder.payload(for: range)
  }

  /// The frame of ``payload(of:replica:range:)``.
  package static func frame(
    of operations: [Operation], replica: ReplicaID, range: ClosedRange<UInt64>
  ) throws(CodingError) -> Frame {
    try Frame(.operations, payload: payload(of: operations, replica: replica, range: range))
  }
}
