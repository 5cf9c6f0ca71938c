/// A value that holds a secret and therefore prints as its type's name only, in string
/// interpolation, in a debugger and in a failed test's report alike.
package protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{}

extension Concealed {
  package var description: String { "\(Self.self)(concealed)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
