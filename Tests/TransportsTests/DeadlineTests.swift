import Testing

/// Tests in which time counts run one after another: side by side they would take each other's, and
/// a peer that is starved of it is a silent one.
@Suite(.serialized, .timeLimit(.minutes(15)))
enum DeadlineTests {}
