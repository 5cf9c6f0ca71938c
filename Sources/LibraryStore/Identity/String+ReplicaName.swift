import Coding
import Replication

extension String {
  /// As much of a card's text as is taken for a replica's name (Protocol 5.2), nil where nothing is:
  /// any member may have written it, and what its replica writes under it others must be able to read.
  var asReplicaName: String? {
    var name = beginning(ofBytes: Limits.nameBytes)
    name.unicodeScalars.removeAll { $0.properties.generalCategory == .control }
    return name.isEmpty ? nil : name
  }
}
